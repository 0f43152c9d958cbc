package org.tradepost.product.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.common.contract.product.Fate.ABANDONED;
import static org.tradepost.common.contract.product.Fate.CANCELLED;
import static org.tradepost.common.contract.product.Fate.PLACED;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.product.RunningProduct;

class SettlementsTest {

  @AutoClose private static RunningProduct service;

  @BeforeAll
  static void start() {
    service = new RunningProduct();
  }

  @AfterEach
  void the_invariants_hold() {
    assertThat(service.violations()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PLACED, COMMITTED, 3/0",
    "CANCELLED, RELEASED, 5/0",
    "ABANDONED, RELEASED, 5/0",
    "PLACED PLACED, COMMITTED, 3/0",
    "PLACED CANCELLED, RETURNED, 5/0",
    "PLACED CANCELLED CANCELLED, RETURNED, 5/0",
    "PLACED CANCELLED PLACED, RETURNED, 5/0",
    "CANCELLED PLACED, RELEASED, 5/0",
    "CANCELLED CANCELLED, RELEASED, 5/0",
    "ABANDONED PLACED, RELEASED, 5/0",
    "ABANDONED CANCELLED, RELEASED, 5/0",
    "PLACED ABANDONED, COMMITTED, 3/0",
  })
  void fates_lead_to_one_state_together_or_one_by_one(String fates, String state, String stock) {
    var product = service.product(5);
    var together = service.held(product, 2);
    service.settle(together, fates(fates));
    assertThat(service.state(together)).isEqualTo(state);
    assertThat(service.stock(product)).isEqualTo(stock);

    var other = service.product(5);
    var oneByOne = service.held(other, 2);
    for (var fate : fates(fates)) {
      service.settle(oneByOne, fate);
    }
    assertThat(service.state(oneByOne)).isEqualTo(state);
    assertThat(service.stock(other)).isEqualTo(stock);
  }

  @Test
  void the_ledger_tells_what_was_sold_and_what_came_back() {
    var product = service.product(5);
    var order = service.held(product, 2);
    service.settle(order, PLACED, CANCELLED);
    assertThat(
            service.value(
                "select string_agg(delta || ' ' || reason || ' ' || on_hand, ', ' order by number)"
                    + " from ledger where product_id = ?",
                product))
        .isEqualTo("5 opening 5, -2 sold 3, 2 returned 5");
  }

  @Test
  void only_orders_with_a_hold_are_settled() {
    var order = service.held(service.product(5), 2);
    assertThat(service.settle(order, PLACED)).containsExactly(order);
    assertThat(service.settle(UUID.randomUUID(), PLACED, ABANDONED)).isEmpty();
  }

  @Test
  void a_list_of_many_orders_of_the_same_products_is_settled_at_once() {
    var product = service.product(100);
    var settlements = new ArrayList<Settlement>();
    for (var i = 0; i < 30; i++) {
      var order = service.held(product, 2);
      settlements.add(new Settlement(order, PLACED));
      if (i % 3 == 0) {
        settlements.add(new Settlement(order, CANCELLED));
      }
    }
    await(settle(new Settle(settlements)));
    assertThat(service.stock(product)).isEqualTo("60/0");
  }

  @Test
  void concurrent_settlements_of_the_same_orders_do_not_block_each_other() {
    var first = service.product(100);
    var second = service.product(100);
    var settlements = new ArrayList<Settlement>();
    for (var i = 0; i < 20; i++) {
      settlements.add(new Settlement(service.held(i % 2 == 0 ? first : second, 1), PLACED));
    }
    var reversed = new ArrayList<>(settlements);
    Collections.reverse(reversed);
    var all = new ArrayList<Future<Settled>>();
    for (var i = 0; i < 10; i++) {
      all.add(settle(new Settle(i % 2 == 0 ? settlements : reversed)));
      all.add(service.hold(RunningProduct.request(UUID.randomUUID(), first, 1)).mapEmpty());
    }
    await(Future.all(all));
    assertThat(service.stock(first)).isEqualTo("90/10");
    assertThat(service.stock(second)).isEqualTo("90/0");
  }

  /** As when a frozen instance resumes and sells what another is told to release. */
  @Test
  void a_hold_that_is_sold_meanwhile_is_returned() {
    var product = service.product(5);
    var order = service.held(product, 2);
    service.execute("begin");
    service.execute(
        "update hold set state = 'COMMITTED', settled_at = now() where order_id = ?", order);
    service.execute("update stock set on_hand = 3, reserved = 0 where product_id = ?", product);
    service.execute(
        "insert into ledger (product_id, delta, reason, order_id, on_hand) values (?, -2, 'sold', ?, 3)",
        product,
        order);
    var cancelled = settle(new Settle(List.of(new Settlement(order, CANCELLED))));
    Awaitility.await()
        .until(() -> service.value("select 1 from pg_locks where not granted limit 1") != null);
    service.execute("commit");
    assertThat(await(cancelled).settled()).containsExactly(order);
    assertThat(service.state(order)).isEqualTo("RETURNED");
    assertThat(service.stock(product)).isEqualTo("5/0");
  }

  private static Future<Settled> settle(Settle request) {
    return TestNode.call(service.node(), StockContract.SETTLE, request);
  }

  private static Fate[] fates(String names) {
    var fates = new ArrayList<Fate>();
    for (var name : names.split(" ")) {
      fates.add(Fate.valueOf(name));
    }
    return fates.toArray(Fate[]::new);
  }
}
