package org.tradepost.order.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

class RejectedEventsTest {

  private static final int MAX_ATTEMPTS = 3;
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();
  private static Vertx vertx;
  private static Database database;
  private static RejectedEvents rejected;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
    rejected = new RejectedEvents(database, MAX_ATTEMPTS);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @BeforeEach
  void reject_the_events_of_two_orders() {
    run("truncate refused_event");
    write(1, ONE, 1, "OrderPlaced");
    write(2, ONE, 2, "OrderCancelled");
    write(3, OTHER, 1, "OrderPlaced");
  }

  @Test
  void events_of_one_order_are_due_one_after_the_other() {
    assertThat(tried(Set.of(ONE, OTHER)))
        .containsExactly(ONE + " " + Fate.PLACED, OTHER + " " + Fate.PLACED);
    assertThat(tried(Set.of(ONE))).containsExactly(ONE + " " + Fate.CANCELLED);
    assertThat(tried(Set.of())).isEmpty();
  }

  @Test
  void an_event_rejected_again_is_postponed_and_blocks_only_its_own_order() {
    tried(Set.of(OTHER));
    // The delay is at least 0.75 s and may have passed already, so it is extended.
    assertThat(
            run(
                """
                update refused_event set next_attempt_at = now() + interval '1 hour'
                 where attempts = 1
                   and next_attempt_at >= interval '0.75 seconds'
                       + (select max(next_attempt_at) from refused_event where attempts = 0)
                """))
        .isEqualTo(1);
    assertThat(tried(Set.of())).isEmpty();
  }

  @Test
  void an_event_rejected_too_often_is_parked() {
    for (var i = 0; i < MAX_ATTEMPTS; i++) {
      tried(Set.of(OTHER));
      run("update refused_event set next_attempt_at = now()");
    }
    assertThat(tried(Set.of())).isEmpty();
    assertThat(run("select 1 from refused_event where parked_at is not null and attempts = 3"))
        .isEqualTo(1);
  }

  @Test
  void events_after_a_discarded_one_are_due() {
    run("update refused_event set parked_at = now() where event_id = 1");
    tried(Set.of(OTHER));
    assertThat(tried(Set.of())).isEmpty();
    run("update refused_event set discarded_at = now() where event_id = 1");
    assertThat(tried(Set.of(ONE))).containsExactly(ONE + " " + Fate.CANCELLED);
  }

  /** A relay that was frozen records an attempt that it made long ago. */
  @Test
  void a_discarded_event_stays_as_the_operator_left_it() {
    var due = await(rejected.due(10));
    run("update refused_event set parked_at = now(), discarded_at = now() where event_id <> 2");
    await(rejected.recordOutcome(due, Set.of(ONE)));
    assertThat(
            run(
                """
                select 1 from refused_event
                 where attempts = 0 and parked_at is not null and discarded_at is not null
                """))
        .isEqualTo(2);
  }

  private static List<String> tried(Set<UUID> settled) {
    var due = await(rejected.due(10));
    await(rejected.recordOutcome(due, settled));
    return due.stream().map(event -> event.orderId() + " " + event.settlement().fate()).toList();
  }

  private static int run(String sql) {
    return await(database.query(sql)).rowCount();
  }

  private static void write(long id, UUID order, int sequence, String type) {
    await(
        database.query(
            "insert into refused_event (event_id, order_id, sequence, type) values ($1, $2, $3, $4)",
            Tuple.of(id, order, sequence, type)));
  }
}
