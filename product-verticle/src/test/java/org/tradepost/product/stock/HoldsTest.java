package org.tradepost.product.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;
import static org.tradepost.product.RunningProduct.PRICE;
import static org.tradepost.product.RunningProduct.request;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.HoldStock.Line;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.product.RunningProduct;

class HoldsTest {

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
  void a_hold_reserves_its_pieces_and_tells_the_price() {
    var product = service.product(5);
    var hold = await(service.hold(request(UUID.randomUUID(), product, 2)));
    var sku = service.value("select sku from product where id = ?", product);
    assertThat(hold.lines())
        .containsExactly(new HeldLine(product, (String) sku, "Thing", 2, PRICE));
    assertThat(hold.expiresAt())
        .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(70));
    assertThat(service.stock(product)).isEqualTo("5/2");
  }

  @Test
  void lines_come_back_in_the_order_of_the_request() {
    var products = List.of(service.product(1), service.product(1), service.product(1));
    var asked = order(products.toArray(UUID[]::new));
    var first = await(service.hold(asked));
    assertThat(first.lines()).extracting(HeldLine::productId).isEqualTo(products);
    assertThat(await(service.hold(asked))).isEqualTo(first);
  }

  @Test
  void a_repeated_hold_reserves_once_and_keeps_the_first_price() {
    var product = service.product(5);
    var asked = request(UUID.randomUUID(), product, 2);
    var first = await(service.hold(asked));
    service.execute("update product set amount = 7 where id = ?", product);
    assertThat(await(service.hold(asked))).isEqualTo(first);
    assertThat(service.stock(product)).isEqualTo("5/2");
  }

  @Test
  void a_hold_that_was_released_is_never_reserved_again() {
    var product = service.product(5);
    var asked = request(UUID.randomUUID(), product, 2);
    var first = await(service.hold(asked));
    service.settle(asked.orderId(), Fate.ABANDONED);
    assertThat(await(service.hold(asked))).isEqualTo(first);
    assertThat(service.stock(product)).isEqualTo("5/0");
  }

  @Test
  void the_same_order_with_another_fingerprint_is_a_mismatch() {
    var asked = request(UUID.randomUUID(), service.product(5), 2);
    await(service.hold(asked));
    assertThat(rejected(new HoldStock(asked.orderId(), "beef", asked.lines())))
        .isEqualTo("IDEMPOTENCY_MISMATCH");
  }

  @Test
  void all_lines_are_taken_or_none() {
    var plenty = service.product(5);
    var none = service.product(0);
    var rejection = rejection(order(plenty, none));
    assertThat(rejection.failure().code()).isEqualTo("OUT_OF_STOCK");
    assertThat(service.stock(plenty)).isEqualTo("5/0");
  }

  @Test
  void a_shortage_names_what_is_left_of_which() {
    var product = service.product(5);
    service.held(product, 4);
    var details = rejection(request(UUID.randomUUID(), product, 2)).failure().details();
    var sku = service.value("select sku from product where id = ?", product);
    assertThat(details)
        .isEqualTo(
            Map.of(
                "products",
                List.of(
                    Map.of(
                        "productId",
                        product.toString(),
                        "sku",
                        sku,
                        "requested",
                        2,
                        "available",
                        1))));
  }

  @Test
  void unknown_products_are_named() {
    var unknown = UUID.randomUUID();
    var rejection = rejection(order(service.product(5), unknown));
    assertThat(rejection.failure().code()).isEqualTo("UNKNOWN_PRODUCT");
    assertThat(rejection.failure().details())
        .isEqualTo(Map.of("productIds", List.of(unknown.toString())));
  }

  @Test
  void an_archived_product_is_not_sold() {
    var product = service.product(5);
    service.execute("update product set status = 'archived' where id = ?", product);
    assertThat(rejected(request(UUID.randomUUID(), product, 1))).isEqualTo("PRODUCT_ARCHIVED");
  }

  @Test
  void an_order_has_one_currency() {
    var euros = service.product(5);
    var dollars = service.product(5, new Money(1, "USD"));
    assertThat(rejected(order(euros, dollars))).isEqualTo("MIXED_CURRENCIES");
  }

  @Test
  void a_price_that_is_not_the_expected_one_is_told() {
    var product = service.product(5);
    var rejection = rejection(expecting(product, new Money(999, "EUR")));
    assertThat(rejection.failure().code()).isEqualTo("PRICE_CHANGED");
    assertThat(rejection.failure().details().toString()).contains("999", "1000");
    assertThat(await(service.hold(expecting(product, PRICE))).lines()).hasSize(1);
  }

  @Test
  void a_total_beyond_what_can_be_represented_holds_nothing() {
    var product = service.product(2_000_000_000, new Money(10_000_000_000L, "EUR"));
    assertThat(rejected(request(UUID.randomUUID(), product, 2_000_000_000)))
        .isEqualTo("AMOUNT_TOO_LARGE");
    assertThat(service.stock(product)).isEqualTo("2000000000/0");
  }

  @Test
  void impossible_requests_are_rejected() {
    var product = service.product(5);
    var line = new Line(product, 1, null);
    for (var lines :
        List.of(
            List.<Line>of(),
            List.of(new Line(product, 0, null)),
            List.of(new Line(product, -1, null)),
            List.of(line, line))) {
      assertThat(rejected(new HoldStock(UUID.randomUUID(), "f00d", lines)))
          .isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void two_hundred_concurrent_holds_of_fifty_pieces_give_exactly_fifty() {
    var product = service.product(50);
    var asked = new ArrayList<Future<Hold>>();
    for (var i = 0; i < 200; i++) {
      asked.add(service.hold(request(UUID.randomUUID(), product, 1)));
    }
    await(Future.join(asked).otherwiseEmpty());
    assertThat(asked.stream().filter(Future::succeeded)).hasSize(50);
    assertThat(asked.stream().filter(Future::failed).map(it -> (ServiceException) it.cause()))
        .allMatch(rejection -> rejection.failure().code().equals("OUT_OF_STOCK"));
    assertThat(service.stock(product)).isEqualTo("50/50");
  }

  @Test
  void concurrent_attempts_at_one_order_hold_once() {
    var product = service.product(50);
    var asked = request(UUID.randomUUID(), product, 3);
    var attempts = new ArrayList<Future<Hold>>();
    for (var i = 0; i < 20; i++) {
      attempts.add(service.hold(asked));
    }
    await(Future.all(attempts));
    assertThat(attempts.stream().map(Future::result).distinct()).hasSize(1);
    assertThat(service.stock(product)).isEqualTo("50/3");
  }

  @Test
  void a_poisonous_item_does_not_fail_its_neighbours() {
    var product = service.product(50);
    var attempts = new ArrayList<Future<Hold>>();
    for (var i = 0; i < 10; i++) {
      attempts.add(service.hold(request(UUID.randomUUID(), product, 1)));
    }
    var rejectedByTheDatabase = UUID.randomUUID();
    service.execute(
        "alter table hold add constraint poison check (order_id <> '%s')"
            .formatted(rejectedByTheDatabase));
    var poison = service.hold(request(rejectedByTheDatabase, product, 1));
    for (var i = 0; i < 10; i++) {
      attempts.add(service.hold(request(UUID.randomUUID(), product, 1)));
    }
    await(Future.all(attempts));
    await(poison.otherwiseEmpty());
    assertThat(poison.failed()).isTrue();
    assertThat(service.stock(product)).isEqualTo("50/20");
    service.execute("alter table hold drop constraint poison");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "F00D", "0x00", "beef ", "\0"})
  void a_fingerprint_is_hexadecimal(String fingerprint) {
    var lines = List.of(new Line(service.product(5), 1, null));
    assertThat(rejected(new HoldStock(UUID.randomUUID(), fingerprint, lines)))
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void an_anonymous_caller_holds_nothing() {
    var body = WireJson.write(request(UUID.randomUUID(), service.product(5), 1));
    var rejection =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                await(
                    service
                        .node()
                        .bus()
                        .send(
                            StockContract.HOLD.address(),
                            body,
                            MultiMap.caseInsensitiveMultiMap(),
                            TestNode.TIMEOUT_MILLIS)));
    assertThat(rejection.failure().code()).isEqualTo("UNAUTHENTICATED");
  }

  private static HoldStock order(UUID... products) {
    var lines = new ArrayList<Line>();
    for (var product : products) {
      lines.add(new Line(product, 1, null));
    }
    return new HoldStock(UUID.randomUUID(), "f00d", lines);
  }

  private static HoldStock expecting(UUID product, Money price) {
    return new HoldStock(UUID.randomUUID(), "f00d", List.of(new Line(product, 1, price)));
  }

  private static String rejected(HoldStock request) {
    return rejection(request).failure().code();
  }

  private static ServiceException rejection(HoldStock request) {
    return catchThrowableOfType(ServiceException.class, () -> await(service.hold(request)));
  }
}
