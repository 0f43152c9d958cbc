package org.tradepost.order.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

@ExtendWith(VertxExtension.class)
class OutboxTest {

  private static final int TRIES = 3;
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  private final List<String> delivered = new ArrayList<>();
  private Database database;
  private Outbox outbox;

  @BeforeEach
  void write_two_orders(Vertx vertx, VertxTestContext context) {
    Database.open(vertx, TestDatabase.create(), "db/order")
        .onSuccess(
            opened -> {
              database = opened;
              outbox = new Outbox(database, TRIES);
            })
        .compose(opened -> write(ONE, 1, "OrderPlaced"))
        .compose(done -> write(ONE, 2, "OrderCancelled"))
        .compose(done -> write(OTHER, 1, "OrderPlaced"))
        .onComplete(context.succeedingThenComplete());
  }

  @AfterEach
  void close(VertxTestContext context) {
    database.close().onComplete(context.succeedingThenComplete());
  }

  @Test
  void events_of_one_order_arrive_one_after_the_other() {
    assertThat(deliver(Set.of())).isEqualTo(2);
    assertThat(deliver(Set.of())).isEqualTo(1);
    assertThat(deliver(Set.of())).isZero();
    assertThat(delivered)
        .containsExactly(
            ONE + " " + Fate.PLACED, OTHER + " " + Fate.PLACED, ONE + " " + Fate.CANCELLED);
  }

  /** By a plan that was made when nothing waited: that is when statistics are taken. */
  @Test
  void a_backlog_is_not_compared_with_itself() {
    run("delete from outbox");
    run("analyze outbox");
    assertThat(plan()).contains("Index Cond: (order_id = outbox.order_id)").doesNotContain("Join");
  }

  private String plan() {
    return TestNode.await(
        database.transaction(
            connection ->
                connection
                    .query("explain (generic_plan) " + Outbox.NEXT)
                    .execute()
                    .map(
                        rows ->
                            rows.stream()
                                .map(row -> row.getString(0))
                                .collect(Collectors.joining("\n")))));
  }

  @Test
  void a_refused_event_is_postponed_and_keeps_back_its_own_order_alone() {
    deliver(Set.of(ONE));
    assertThat(deliver(Set.of(ONE))).isZero();
    assertThat(delivered).containsExactly(OTHER + " " + Fate.PLACED);
  }

  @Test
  void an_event_that_is_refused_too_often_is_parked() {
    for (var i = 0; i < TRIES; i++) {
      deliver(Set.of(ONE));
      run("update outbox set next_attempt_at = now()");
    }
    assertThat(deliver(Set.of())).isZero();
    assertThat(run("select 1 from outbox where parked_at is not null and attempts = 3"))
        .isEqualTo(1);
  }

  @Test
  void what_comes_after_a_discarded_event_is_delivered() {
    run("update outbox set parked_at = now() where sequence = 1 and order_id = '" + ONE + "'");
    deliver(Set.of());
    assertThat(deliver(Set.of())).isZero();
    run("update outbox set discarded_at = now() where parked_at is not null");
    outbox.rewind();
    assertThat(deliver(Set.of())).isEqualTo(1);
    assertThat(delivered).containsExactly(OTHER + " " + Fate.PLACED, ONE + " " + Fate.CANCELLED);
  }

  @Test
  void what_is_older_than_the_last_delivery_waits_until_it_looks_back() {
    deliver(Set.of());
    deliver(Set.of());
    TestNode.await(write(ONE, 3, "OrderPlaced"));
    run("update outbox set event_id = 0");
    assertThat(deliver(Set.of())).isZero();
    outbox.rewind();
    assertThat(deliver(Set.of())).isEqualTo(1);
  }

  @Test
  void a_failure_to_deliver_changes_nothing() {
    var failed = outbox.deliver(10, events -> Future.failedFuture("away")).otherwise(-1);
    assertThat(TestNode.await(failed)).isEqualTo(-1);
    assertThat(run("select 1 from outbox where attempts = 0")).isEqualTo(3);
    assertThat(deliver(Set.of())).isEqualTo(2);
  }

  @Test
  void what_one_instance_is_delivering_another_passes_over() {
    var second =
        outbox.deliver(
            10,
            events ->
                outbox
                    .deliver(10, none -> Future.failedFuture("it was not passed over"))
                    .map(count -> Set.of()));
    assertThat(TestNode.await(second)).isEqualTo(2);
  }

  private int deliver(Set<UUID> refused) {
    return TestNode.await(
        outbox.deliver(
            10,
            events -> {
              var taken =
                  events.stream().filter(event -> !refused.contains(event.orderId())).toList();
              taken.forEach(event -> delivered.add(event.orderId() + " " + event.fate()));
              return Future.succeededFuture(
                  taken.stream().map(Outbox.Undelivered::orderId).collect(Collectors.toSet()));
            }));
  }

  private int run(String sql) {
    return TestNode.await(database.query(sql)).rowCount();
  }

  private Future<?> write(UUID order, int sequence, String type) {
    return database.query(
        """
        insert into outbox (event_id, order_id, sequence, type)
        select coalesce(max(event_id), 0) + 1, $1, $2, $3 from outbox
        """,
        Tuple.of(order, sequence, type));
  }
}
