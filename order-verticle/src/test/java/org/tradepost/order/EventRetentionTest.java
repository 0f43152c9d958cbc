package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.order.ResolveContract.FindFinished;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

class EventRetentionTest {

  private static final int DAYS = 30;

  /** Marks the events of an order as rejected by the product service. */
  private static final String REJECT =
      """
      insert into refused_event (event_id, order_id, sequence, type)
      select id, order_id, sequence, type from event where order_id = $1
      """;

  private static Vertx vertx;
  private static Database database;
  private static EventRetention retention;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
    retention = new EventRetention(database);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @AfterEach
  void clear() {
    run("truncate orders, event, refused_event");
    run("update event_removed set transaction = '0', id = 0");
  }

  @Test
  void all_events_of_an_order_that_ended_long_ago_are_removed_and_the_order_records_it() {
    order("DELIVERED", DAYS + 1);
    order("CANCELLED", DAYS + 1);
    assertThat(await(retention.remove(DAYS))).isFalse();
    assertThat(left()).isEmpty();
    assertThat(run("select 1 from orders where events_removed_at is not null")).isEqualTo(2);
  }

  @Test
  void events_of_any_other_order_stay() {
    var placed = order("PLACED", DAYS + 1);
    var shipped = order("SHIPPED", DAYS + 1);
    var young = order("DELIVERED", DAYS - 1);
    var waiting = order("CANCELLED", DAYS + 1);
    run(REJECT, waiting);
    var discarded = order("CANCELLED", DAYS + 1);
    run(REJECT, discarded);
    run(
        "update refused_event set parked_at = now(), discarded_at = now() where order_id = $1",
        discarded);
    var untold = order("CANCELLED", DAYS + 1);
    run("update relay set transaction = '1'");
    run("update event set transaction = '0' where order_id <> $1", untold);
    await(retention.remove(DAYS));
    assertThat(left()).containsOnly(placed, shipped, young, waiting, discarded, untold);
  }

  @Test
  void readers_are_told_how_far_something_is_missing() {
    order("DELIVERED", DAYS + 1);
    var last = order("DELIVERED", DAYS + 1);
    order("PLACED", DAYS + 1);
    var position = positions("event where order_id = '" + last + "'");
    await(retention.remove(DAYS));
    assertThat(positions("event_removed")).isEqualTo(position);
  }

  @Test
  void what_readers_are_told_never_goes_back() {
    run("update event_removed set transaction = '9000000000'");
    order("CANCELLED", DAYS + 1);
    await(retention.remove(DAYS));
    assertThat(left()).isEmpty();
    assertThat(positions("event_removed")).containsExactly("9000000000/0");
  }

  @Test
  void several_instances_share_the_work() {
    for (var i = 0; i < 250; i++) {
      order("DELIVERED", DAYS + 1);
    }
    List<Future<Boolean>> steps = new ArrayList<>();
    for (var i = 0; i < 3; i++) {
      steps.add(new EventRetention(database).remove(DAYS));
    }
    await(Future.all(steps));
    await(retention.remove(DAYS));
    assertThat(left()).hasSizeLessThanOrEqualTo(50);
    await(retention.remove(DAYS));
    assertThat(left()).isEmpty();
  }

  @Test
  void an_order_is_finished_when_shipped_without_undelivered_events() {
    var placed = order("PLACED", 0);
    var shipped = order("SHIPPED", 0);
    var delivered = order("DELIVERED", 0);
    var cancelled = order("CANCELLED", 0);
    var telling = order("SHIPPED", 0);
    run(REJECT, telling);
    var untold = order("SHIPPED", 0);
    run("update relay set transaction = '1'");
    run("update event set transaction = '0' where order_id <> $1", untold);
    var all = List.of(placed, shipped, delivered, cancelled, telling, untold, UUID.randomUUID());
    var finished = new FinishedOrders(database).find(new FindFinished(all), null);
    assertThat(await(finished).orderIds()).containsExactlyInAnyOrder(shipped, delivered);
  }

  /** Creates an order with one event, which is all that these tests need. */
  private static UUID order(String status, int days) {
    var id = UUID.randomUUID();
    run(
        """
        insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total, lines, version,
                            placed_at, updated_at)
        values ($1, $2, nextval('order_number'), $1, 'key', '', 'EUR', 0, '[]', 1, now(),
                now() - make_interval(days => $3))
        """,
        id,
        status,
        days);
    run(
        """
        insert into event (order_id, customer_id, sequence, type, time, data)
        values ($1, $1, 1, 'OrderPlaced', now(), '{}')
        """,
        id);
    run("update relay set transaction = pg_snapshot_xmax(pg_current_snapshot())");
    return id;
  }

  private static List<UUID> left() {
    return await(database.query("select order_id from event")).stream()
        .map(row -> row.getUUID("order_id"))
        .toList();
  }

  private static List<String> positions(String table) {
    return await(database.query("select transaction || '/' || id from " + table)).stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static int run(String sql, Object... parameters) {
    return await(database.query(sql, Tuple.from(parameters))).rowCount();
  }
}
