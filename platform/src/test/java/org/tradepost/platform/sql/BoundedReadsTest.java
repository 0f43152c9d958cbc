package org.tradepost.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.BoundedReads.Bounds;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.MetricsSummary;
import org.tradepost.platform.testing.TestDatabase;

class BoundedReadsTest {

  private static final int MANY = 5_000;
  private static final String ENDLESS = "select pg_sleep(3600)";

  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/event"));
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void what_takes_too_long_is_given_up_and_the_next_is_not() {
    var reads = new BoundedReads(database, new Bounds(1, 10, Duration.ofMillis(50)));
    assertThat(await(read(reads, ENDLESS))).isEmpty();
    assertThat(await(read(reads, "select 7 as number")))
        .hasValueSatisfying(
            rows -> assertThat(rows.iterator().next().getInteger("number")).isEqualTo(7));
  }

  /** The time may be up at any moment, even after the rows have been read. */
  @Test
  void no_read_fails_because_the_time_is_short() {
    var reads = new BoundedReads(database, new Bounds(12, MANY, Duration.ofMillis(1)));
    var asked = IntStream.range(0, MANY).mapToObj(i -> read(reads, "select 7")).toList();
    assertThat(await(Future.join(asked)).size()).isEqualTo(MANY);
    assertThat(withinTransactions()).isZero();
  }

  private static int withinTransactions() {
    var sql =
        "select count(*)::int from pg_stat_activity"
            + " where datname = current_database() and state like 'idle in transaction%'";
    return await(database.query(sql)).iterator().next().getInteger(0);
  }

  @Test
  void the_time_is_bounded_for_these_reads_alone() {
    var before = timeoutOfStatements();
    var reads = new BoundedReads(database, new Bounds(1, 10, Duration.ofMillis(50)));
    await(read(reads, ENDLESS));
    assertThat(timeoutOfStatements()).isEqualTo(before);
  }

  private static String timeoutOfStatements() {
    var setting =
        await(
            database.transaction(
                "select current_setting('statement_timeout') as it", Tuple.tuple()));
    return setting.iterator().next().getString("it");
  }

  @Test
  void so_many_run_so_many_wait_and_a_further_one_is_rejected() {
    var reads = new BoundedReads(database, new Bounds(2, 2, Duration.ofMillis(200)));
    var metrics = new Metrics();
    reads.measure(metrics, "reads");
    var asked = new ArrayList<Future<Optional<RowSet<Row>>>>();
    var summary =
        atOnce(
            () -> {
              for (var i = 0; i < 5; i++) {
                asked.add(read(reads, ENDLESS));
              }
              return new MetricsSummary(metrics).read();
            });
    assertThat(summary)
        .singleElement()
        .satisfies(queue -> assertThat(queue.values()).containsEntry("waiting", 2L));
    assertThat(rejection(asked.get(4))).isEqualTo(CommonError.OVERLOADED);

    assertThat(await(Future.all(asked.subList(0, 4))).<Optional<?>>list())
        .hasSize(4)
        .allMatch(Optional::isEmpty);
    assertThat(await(read(reads, "select 7"))).isPresent();
  }

  @Test
  void whose_time_is_up_does_not_get_a_turn() {
    var reads = new BoundedReads(database, new Bounds(1, 10, Duration.ofMillis(200)));
    assertThat(rejection(reads.query(ENDLESS, Tuple.tuple(), RequestContext.background(0))))
        .isEqualTo(CommonError.UNAVAILABLE);
  }

  @Test
  void a_statement_that_is_wrong_fails_as_elsewhere() {
    var reads = new BoundedReads(database, new Bounds(1, 10, Duration.ofMillis(200)));
    assertThat(catchThrowable(() -> await(read(reads, "select nothing"))))
        .isInstanceOf(PgException.class);
    assertThat(await(read(reads, "select 7"))).isPresent();
  }

  /** Runs work on the event loop, so that no read that it requests ends before it does. */
  private static <T> T atOnce(Supplier<Future<T>> work) {
    return await(
        Future.future(promise -> vertx.runOnContext(now -> work.get().onComplete(promise))));
  }

  private static ErrorCode rejection(Future<?> read) {
    var rejection = catchThrowableOfType(ServiceException.class, () -> await(read));
    return CommonError.valueOf(rejection.failure().code());
  }

  private static Future<Optional<RowSet<Row>>> read(BoundedReads reads, String sql) {
    return reads.query(sql, Tuple.tuple(), RequestContext.background(60_000));
  }
}
