package org.tradepost.order.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.order.relay.UndeliveredEventReader.Batch;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

class UndeliveredEventReaderTest {

  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();
  private static final UUID THIRD = UUID.randomUUID();

  private static final String WRITE =
      """
      insert into event (order_id, customer_id, sequence, type, time, data)
      values ($1, $1, $2, $3, now() - interval '5 seconds', '{}')
      """;

  private static Vertx vertx;
  private static Database database;
  private static UndeliveredEventReader reader;
  private RelayLease lease;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
    reader = new UndeliveredEventReader(database);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @BeforeEach
  void take_the_lease() {
    await(database.query("truncate event, refused_event"));
    await(database.query("update relay set leased_until = '-infinity'"));
    lease = new RelayLease(database, "test", 60_000, 3);
    await(lease.take());
  }

  @Test
  void events_are_read_once_in_their_order_and_what_changes_no_stock_is_passed_over() {
    write(ONE, 1, "OrderPlaced");
    write(ONE, 2, "OrderShipped");
    write(OTHER, 1, "OrderPlaced");
    write(OTHER, 2, "OrderCancelled");
    assertThat(due(next(3))).containsExactly(ONE + "/1", OTHER + "/1");
    assertThat(due(next(3))).containsExactly(OTHER + "/2");
    assertThat(next(3).read()).isZero();
  }

  @Test
  void an_event_waits_behind_one_of_its_order_that_was_rejected() {
    write(ONE, 2, "OrderCancelled");
    write(OTHER, 2, "OrderCancelled");
    write(THIRD, 2, "OrderCancelled");
    reject(1, ONE, "null");
    reject(2, OTHER, "now()");
    var batch = next(10);
    assertThat(batch.waiting()).extracting(LoggedEvent::orderId).containsExactly(ONE);
    assertThat(batch.due()).extracting(LoggedEvent::orderId).containsExactly(OTHER, THIRD);
  }

  @Test
  void nothing_is_skipped_while_a_transaction_is_open_and_what_is_hidden_is_counted() {
    Promise<Void> written = Promise.promise();
    Promise<Void> goOn = Promise.promise();
    var slow =
        database.transaction(
            connection ->
                connection
                    .query("set local idle_in_transaction_session_timeout = 0")
                    .execute()
                    .compose(patient -> write(connection, ONE, 1, "OrderPlaced"))
                    .onSuccess(done -> written.complete())
                    .compose(done -> goOn.future()));
    await(written.future());
    write(OTHER, 1, "OrderPlaced");
    assertThat(next(10).read()).isZero();
    assertThat(await(reader.backlog()))
        .containsEntry("undelivered", 1L)
        .containsEntry("hidden", 1L);
    goOn.complete();
    await(slow);
    assertThat(due(next(10))).containsExactly(ONE + "/1", OTHER + "/1");
    assertThat(await(reader.backlog()))
        .containsEntry("undelivered", 0L)
        .containsEntry("hidden", 0L);
  }

  @Test
  void the_backlog_has_what_is_rejected_and_what_is_not_delivered_but_nothing_discarded() {
    write(ONE, 1, "OrderPlaced");
    write(ONE, 2, "OrderShipped");
    reject(1, OTHER, "null");
    reject(2, THIRD, "now()");
    await(
        database.query(
            "update refused_event set parked_at = now() where order_id = '" + OTHER + "'"));
    assertThat(await(reader.backlog()))
        .containsEntry("undelivered", 2L)
        .containsEntry("parked", 1L);
  }

  @Test
  void the_age_of_the_backlog_is_not_that_of_what_waits_behind_a_parked_event() {
    write(ONE, 2, "OrderCancelled");
    reject(1, ONE, "null");
    await(database.query("update refused_event set parked_at = now()"));
    assertThat(await(reader.backlog())).containsEntry("oldestSeconds", 0L);
    write(OTHER, 1, "OrderPlaced");
    assertThat((long) await(reader.backlog()).get("oldestSeconds")).isGreaterThanOrEqualTo(5);
  }

  /** Uses the settings of the connections that write, and tables that were never analyzed. */
  @Test
  void reading_walks_the_index_of_the_log_from_the_position_on() {
    assertThat(plan())
        .contains("event_in_order", "Index Cond")
        .doesNotContain("Sort", "Seq Scan on event");
  }

  private static String plan() {
    return await(
        database.transaction(
            connection ->
                connection
                    .query("explain (generic_plan) " + UndeliveredEventReader.NEXT)
                    .execute()
                    .map(
                        rows ->
                            String.join(
                                "\n", rows.stream().map(row -> row.getString(0)).toList()))));
  }

  /** Reads a batch and moves the position behind it. */
  private Batch next(int most) {
    var epoch = lease.epoch().orElseThrow();
    var batch = await(reader.next(epoch, most));
    if (batch.read() > 0) {
      await(lease.move(epoch, batch.end(), List.of()));
    }
    return batch;
  }

  private static List<String> due(Batch batch) {
    return batch.due().stream().map(event -> event.orderId() + "/" + event.sequence()).toList();
  }

  private static void write(UUID order, int sequence, String type) {
    await(database.query(WRITE, Tuple.of(order, sequence, type)));
  }

  private static Future<?> write(SqlConnection connection, UUID order, int sequence, String type) {
    return connection.preparedQuery(WRITE).execute(Tuple.of(order, sequence, type));
  }

  private static void reject(long id, UUID order, String discarded) {
    await(
        database.query(
            """
            insert into refused_event (event_id, order_id, sequence, type, parked_at, discarded_at)
            values (%1$s, '%2$s', 1, 'OrderPlaced', %3$s, %3$s)
            """
                .formatted(id, order, discarded)));
  }
}
