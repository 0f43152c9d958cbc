package org.tradepost.product.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;
import static org.tradepost.product.RunningProduct.rejection;
import static org.tradepost.product.RunningProduct.request;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.contract.order.ResolveContract.Finished;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.ProductContract;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.product.RunningProduct;

class RetentionTest {

  private static final int DAYS = 30;
  private static final Set<UUID> finished = new CopyOnWriteArraySet<>();
  private static volatile boolean unavailable;
  private static RunningProduct service;
  private static Database database;
  private static EventAndKeyRemoval removal;

  /** Replaces the order service. */
  private static final class Orders extends VerticleBase {

    @Override
    public Future<?> start() {
      return new Service(service.node(), ApiDescription.load("finished-orders-for-tests"))
          .serve(
              ResolveContract.FINISHED,
              (request, call) ->
                  unavailable
                      ? Future.failedFuture(ServiceException.unavailable("The database is down"))
                      : Future.succeededFuture(
                          new Finished(
                              request.orderIds().stream().filter(finished::contains).toList())))
          .start();
    }
  }

  @BeforeAll
  static void start() {
    var settings = TestDatabase.settings();
    service = new RunningProduct(settings);
    var config = DatabaseConfig.from(Settings.of(settings));
    database = await(Database.open(service.node().vertx(), config, "db/product"));
    removal = new EventAndKeyRemoval(database);
    await(service.node().deploy(new Orders()));
  }

  @AfterAll
  static void stop() {
    await(database.close());
    service.close();
  }

  @AfterEach
  void the_invariants_hold() {
    assertThat(service.violations()).isZero();
  }

  @Test
  void lines_of_holds_that_nothing_can_change_any_more_are_removed() {
    var product = service.product(100);
    var released = hold(product, DAYS + 1, Fate.ABANDONED);
    var returned = hold(product, DAYS + 1, Fate.PLACED, Fate.CANCELLED);
    var sent = hold(product, DAYS + 1, Fate.PLACED);
    finished.add(sent);
    var placed = hold(product, DAYS + 1, Fate.PLACED);
    var young = hold(product, DAYS - 1, Fate.ABANDONED);
    var held = service.held(product, 1);
    removeLines();
    assertThat(List.of(released, returned, sent)).noneMatch(RetentionTest::hasLines);
    assertThat(List.of(placed, young, held)).allMatch(RetentionTest::hasLines);
    assertThat(service.stock(product)).isEqualTo("98/1");
    service.settle(placed, Fate.CANCELLED);
    assertThat(service.stock(product)).isEqualTo("99/1");
  }

  @Test
  void whatever_comes_for_a_hold_without_lines_finds_that_all_is_done() {
    var product = service.product(5);
    var sent = hold(product, DAYS + 1, Fate.PLACED);
    finished.add(sent);
    var returned = hold(product, DAYS + 1, Fate.PLACED, Fate.CANCELLED);
    removeLines();
    for (var order : List.of(sent, returned)) {
      assertThat(rejectedHold(request(order, product, 1))).isEqualTo("WRONG_STATE");
      assertThat(rejectedHold(new HoldStock(order, "beef", request(order, product, 1).lines())))
          .isEqualTo("IDEMPOTENCY_MISMATCH");
      assertThat(service.settle(order, Fate.PLACED)).containsExactly(order);
    }
    assertThat(service.settle(returned, Fate.CANCELLED)).containsExactly(returned);
    assertThat(service.state(sent)).isEqualTo("COMMITTED");
    assertThat(service.state(returned)).isEqualTo("RETURNED");
    assertThat(service.stock(product)).isEqualTo("4/0");
  }

  @Test
  void what_may_come_back_does_not_keep_back_what_was_settled_later() {
    var product = service.product(2_000);
    while (pages() <= HoldLineRemovalRepository.PAGES_AT_ONCE) {
      hold(product, DAYS + 2, Fate.PLACED);
    }
    var sent = hold(product, DAYS + 1, Fate.PLACED);
    finished.add(sent);
    assertThat(removeLines()).isGreaterThan(1);
    assertThat(hasLines(sent)).isFalse();
  }

  @Test
  void pages_that_fail_do_not_keep_back_later_ones() {
    var product = service.product(2_000);
    var inSecondStep =
        "select order_id from hold where ctid >= '(%d,0)' and ctid < '(%d,0)' and state = 'COMMITTED'"
            + " and settled_at < now() - interval '31 days' and lines is not null";
    var query =
        String.format(
            Locale.ROOT,
            inSecondStep,
            HoldLineRemovalRepository.PAGES_AT_ONCE,
            2 * HoldLineRemovalRepository.PAGES_AT_ONCE);
    while (service.value(query) == null) {
      hold(product, DAYS + 2, Fate.PLACED);
    }
    var sent = (UUID) service.value(query);
    finished.add(sent);
    var removal = new HoldLineRemoval(service.node().bus(), database);
    unavailable = true;
    assertThat(rejection(() -> await(removal.step(DAYS))).is(CommonError.UNAVAILABLE)).isTrue();
    unavailable = false;
    await(removal.step(DAYS));
    assertThat(hasLines(sent)).isFalse();
  }

  private static long pages() {
    return (Long) service.value("select pg_relation_size('hold') / 8192");
  }

  @Test
  void events_of_a_product_are_removed_but_for_the_last() {
    var product =
        service
            .asAdmin(
                ProductContract.CREATE_PRODUCT,
                Map.of(
                    "sku", "OLD-1",
                    "name", "Old",
                    "category", "things",
                    "price", Map.of("amount", 1, "currency", "EUR")))
            .body()
            .toJsonObject()
            .getString("id");
    var id = UUID.fromString(product);
    adjust(id, "one");
    var place =
        service.value(
            "select transaction || '/' || id from event where subject = ? and sequence = 1", id);
    service.execute("update event set time = now() - interval '31 days' where subject = ?", id);
    removeEvents();
    removeEvents();
    assertThat(numbers(id)).isEqualTo("2");
    assertThat(service.value("select transaction || '/' || id from event_removed"))
        .isEqualTo(place);
    adjust(id, "two");
    assertThat(numbers(id)).isEqualTo("2, 3");
  }

  @Test
  void what_is_kept_for_good_costs_no_step_more_than_a_look() {
    var id = service.product(0);
    adjust(id, "first");
    // The last events of many products, followed by an event that can be removed.
    service.execute(
        """
        insert into event (type, subject, subject_version, sequence, time, data)
        select 'ProductCreated', gen_random_uuid(), 1, 1, now() - interval '32 days', '{}'
        from generate_series(1, 1200)
        """);
    adjust(id, "second");
    adjust(id, "third");
    service.execute("update event set time = now() - interval '31 days' where subject = ?", id);
    assertThat(removeEvents()).isEqualTo(3);
    assertThat(numbers(id)).doesNotContain(",");
    assertThat(service.value("select count(*) from event where type = 'ProductCreated'"))
        .isEqualTo(1_200L);
  }

  @Test
  void a_key_of_an_adjustment_is_good_once_more_when_it_was_forgotten() {
    var product = service.product(5);
    adjust(product, "one");
    adjust(product, "two");
    service.execute(
        "update ledger set created_at = now() - interval '31 days' where idempotency_key = 'one'");
    assertThat(await(removal.removeKeys(DAYS))).isFalse();
    adjust(product, "one");
    adjust(product, "two");
    assertThat(service.stock(product)).isEqualTo("8/0");
  }

  /** How many steps it took. */
  private static int removeEvents() {
    var steps = 1;
    while (await(removal.removeEvents(DAYS))) {
      steps++;
    }
    return steps;
  }

  private static String numbers(UUID product) {
    return (String)
        service.value(
            "select string_agg(sequence::text, ', ' order by sequence) from event where subject = ?",
            product);
  }

  private static void adjust(UUID product, String key) {
    service.asAdmin(
        ProductContract.ADJUST_STOCK,
        Map.of("id", product, "idempotencyKey", key, "delta", 1, "reason", "found"));
  }

  private static UUID hold(UUID product, int days, Fate... fates) {
    var order = service.held(product, 1);
    service.settle(order, fates);
    service.execute(
        "update hold set settled_at = now() - make_interval(days => ?) where order_id = ?",
        days,
        order);
    return order;
  }

  /** How many steps it took. */
  private static int removeLines() {
    var holds = new HoldLineRemoval(service.node().bus(), database);
    var steps = 1;
    while (await(holds.step(DAYS))) {
      steps++;
    }
    return steps;
  }

  private static boolean hasLines(UUID order) {
    return service.value("select 1 from hold where order_id = ? and lines is not null", order)
        != null;
  }

  private static String rejectedHold(HoldStock request) {
    return rejection(() -> await(service.hold(request))).failure().code();
  }
}
