package org.tradepost.product.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tradepost.common.contract.product.ProductContract.ADJUST_STOCK;
import static org.tradepost.common.contract.product.ProductContract.LIST_LEDGER;
import static org.tradepost.common.contract.product.ProductContract.READ_HOLD;
import static org.tradepost.common.contract.product.ProductContract.READ_STOCK;
import static org.tradepost.platform.testing.TestNode.await;
import static org.tradepost.product.RunningProduct.rejection;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.ProductContract.AdjustStock;
import org.tradepost.common.contract.product.ProductContract.HeldPieces;
import org.tradepost.common.contract.product.ProductContract.LedgerEntry;
import org.tradepost.common.contract.product.ProductContract.StockLevel;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.product.RunningProduct;

class StockTest {

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    service = new RunningProduct();
  }

  @AfterEach
  void the_invariants_hold() {
    assertThat(service.violations()).isZero();
  }

  @Test
  void everybody_may_read_the_stock() {
    var product = service.product(5);
    service.held(product, 2);
    var reply = service.asAnonymous(READ_STOCK, Map.of("id", product));
    assertThat(reply.body().toJsonObject().getMap())
        .isEqualTo(
            Map.of("productId", product.toString(), "onHand", 5, "reserved", 2, "available", 3));
  }

  @Test
  void an_adjustment_is_entered_into_the_ledger() {
    var product = service.product(5);
    var entry = service.reply(ADJUST_STOCK, adjustment(product, null, 3));
    assertThat(entry.delta()).isEqualTo(3);
    assertThat(entry.onHand()).isEqualTo(8);
    assertThat(entry.reason()).isEqualTo("counted");
    assertThat(level(product)).isEqualTo(new StockLevel(product, 8, 0, 8));
  }

  @Test
  void the_same_key_adjusts_once() {
    var product = service.product(5);
    var request = adjustment(product, "k1", 3);
    var first = service.asAdmin(ADJUST_STOCK, request);
    var second = service.asAdmin(ADJUST_STOCK, request);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().contains("idempotency-replayed")).isFalse();
    assertThat(second.headers().get("idempotency-replayed")).isEqualTo("true");
    assertThat(level(product).onHand()).isEqualTo(8);
  }

  @Test
  void concurrent_requests_with_one_key_adjust_once() {
    var product = service.product(5);
    var request = adjustment(product, "k1", 3);
    await(
        Future.all(
            IntStream.range(0, 8)
                .mapToObj(i -> service.sendAsAdmin(ADJUST_STOCK, request))
                .toList()));
    assertThat(level(product).onHand()).isEqualTo(8);
  }

  @Test
  void the_same_key_with_another_body_is_a_mismatch() {
    var product = service.product(5);
    service.asAdmin(ADJUST_STOCK, adjustment(product, "k1", 3));
    assertThat(service.rejected(ADJUST_STOCK, adjustment(product, "k1", 4)))
        .isEqualTo("IDEMPOTENCY_MISMATCH");
    assertThat(service.reply(ADJUST_STOCK, adjustment(service.product(5), "k1", 4)).onHand())
        .isEqualTo(9);
  }

  @Test
  void reserved_pieces_are_not_taken_away() {
    var product = service.product(5);
    service.held(product, 2);
    assertThat(service.rejected(ADJUST_STOCK, adjustment(product, null, -4)))
        .isEqualTo("STOCK_BELOW_RESERVED");
    assertThat(service.reply(ADJUST_STOCK, adjustment(product, null, -3)).onHand()).isEqualTo(2);
  }

  @Test
  void only_where_there_are_reservations_are_they_spoken_of() {
    var product = service.product(5);
    assertThat(rejectionOf(adjustment(product, null, -6)))
        .isEqualTo("There are only 5 pieces on hand");
    service.held(product, 2);
    assertThat(rejectionOf(adjustment(product, null, -6)))
        .isEqualTo("2 of the 5 pieces on hand are reserved");
  }

  private static String rejectionOf(AdjustStock adjustment) {
    return RunningProduct.rejection(() -> service.asAdmin(ADJUST_STOCK, adjustment))
        .failure()
        .detail();
  }

  @Test
  void there_is_an_end_to_what_is_on_hand() {
    var product = service.product(1_999_999_999);
    assertThat(service.rejected(ADJUST_STOCK, adjustment(product, null, 2)))
        .isEqualTo("AMOUNT_TOO_LARGE");
    assertThat(service.reply(ADJUST_STOCK, adjustment(product, null, 1)).onHand())
        .isEqualTo(2_000_000_000);
  }

  @Test
  void impossible_adjustments_are_rejected() {
    var product = service.product(5);
    for (var delta : new long[] {0, 1_000_000_001, -1_000_000_001}) {
      assertThat(service.rejected(ADJUST_STOCK, adjustment(product, null, delta)))
          .isEqualTo("INVALID_REQUEST");
    }
    for (var reason : List.of("", "r".repeat(201))) {
      assertThat(service.rejected(ADJUST_STOCK, new AdjustStock(product, null, 1, reason)))
          .isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void the_ledger_is_read_newest_first_without_gap() {
    var product = service.product(5);
    service.settle(service.held(product, 2), Fate.PLACED);
    for (var i = 1; i <= 5; i++) {
      service.asAdmin(ADJUST_STOCK, adjustment(product, null, i));
    }
    assertThat(ledger(product, 2))
        .extracting(LedgerEntry::delta)
        .containsExactly(5L, 4L, 3L, 2L, 1L, -2L, 5L);
    assertThat(ledger(product, 7)).isEqualTo(ledger(product, 3));
    assertThat(ledger(product, 7).get(5).orderId()).isNotNull();
  }

  @Test
  void a_cursor_of_another_ledger_is_rejected() {
    var product = service.product(5);
    service.asAdmin(ADJUST_STOCK, adjustment(product, null, 1));
    var cursor = service.reply(LIST_LEDGER, Map.of("id", product, "limit", 1)).nextCursor();
    for (var otherCursor : List.of("x", "eyJ9", cursor)) {
      assertThat(
              service.rejected(
                  LIST_LEDGER, Map.of("id", service.product(1), "cursor", otherCursor)))
          .isEqualTo("INVALID_CURSOR");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775808", "1e3", "NaN", "Infinity", ""})
  void a_cursor_whose_number_no_ledger_has_is_rejected(String number) {
    var product = service.product(5);
    var forged = Cursor.write(Cursor.listing("ledger", product), List.of(number));
    assertThat(service.rejected(LIST_LEDGER, Map.of("id", product, "cursor", forged)))
        .isEqualTo("INVALID_CURSOR");
  }

  @Test
  void an_unknown_product_is_not_found() {
    var unknown = UUID.randomUUID();
    assertThat(service.rejected(READ_STOCK, Map.of("id", unknown))).isEqualTo("NOT_FOUND");
    assertThat(service.rejected(LIST_LEDGER, Map.of("id", unknown))).isEqualTo("NOT_FOUND");
    assertThat(service.rejected(ADJUST_STOCK, adjustment(unknown, "k", 1))).isEqualTo("NOT_FOUND");
  }

  @Test
  void the_hold_of_an_order_tells_what_became_of_its_stock() {
    var product = service.product(5);
    var order = service.held(product, 2);
    var held = service.reply(READ_HOLD, Map.of("orderId", order));
    assertThat(held.state()).isEqualTo("HELD");
    assertThat(held.settledAt()).isNull();
    assertThat(held.lines())
        .extracting(HeldPieces::productId, HeldPieces::quantity)
        .containsExactly(tuple(product, 2));
    service.settle(order, Fate.PLACED);
    var sold = service.reply(READ_HOLD, Map.of("orderId", order));
    assertThat(sold.state()).isEqualTo("COMMITTED");
    assertThat(sold.settledAt()).isBefore(sold.expiresAt());
    service.settle(order, Fate.CANCELLED);
    assertThat(service.reply(READ_HOLD, Map.of("orderId", order)).state()).isEqualTo("RETURNED");
    assertThat(service.rejected(READ_HOLD, Map.of("orderId", product))).isEqualTo("NOT_FOUND");
  }

  @Test
  void only_administrators_adjust_the_stock_and_read_the_ledger() {
    var product = service.product(5);
    for (var entry :
        Map.<Operation<?, ?>, Object>of(
                ADJUST_STOCK,
                adjustment(product, null, 1),
                LIST_LEDGER,
                Map.of("id", product),
                READ_HOLD,
                Map.of("orderId", product))
            .entrySet()) {
      assertThat(
              rejection(() -> service.asCustomer(entry.getKey(), entry.getValue()))
                  .failure()
                  .code())
          .isEqualTo("FORBIDDEN");
      assertThat(
              rejection(() -> service.asAnonymous(entry.getKey(), entry.getValue()))
                  .failure()
                  .code())
          .isEqualTo("UNAUTHENTICATED");
    }
    assertThat(level(product).onHand()).isEqualTo(5);
  }

  private static AdjustStock adjustment(UUID product, String key, long delta) {
    return new AdjustStock(product, key, delta, "counted");
  }

  private static StockLevel level(UUID product) {
    return service.reply(READ_STOCK, Map.of("id", product));
  }

  private static List<LedgerEntry> ledger(UUID product, int limit) {
    var all = new ArrayList<LedgerEntry>();
    var page = service.reply(LIST_LEDGER, Map.of("id", product, "limit", limit));
    all.addAll(page.items());
    while (page.nextCursor() != null) {
      page =
          service.reply(
              LIST_LEDGER, Map.of("id", product, "limit", limit, "cursor", page.nextCursor()));
      all.addAll(page.items());
    }
    return all;
  }
}
