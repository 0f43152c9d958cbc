package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.platform.sql.WaitingQueue.Waiting;
import org.tradepost.platform.telemetry.metrics.Metrics;

/**
 * Reads whose cost a client decides: few at once and each for a short time, so that whatever is
 * asked takes a share of the database and no more.
 *
 * <p>Belongs to one event loop.
 */
public final class BoundedReads {

  /** PostgreSQL's {@code query_canceled}. */
  private static final String CANCELED = "57014";

  private final Database database;
  private final Bounds bounds;
  private final WaitingQueue<Statement, Optional<RowSet<Row>>> queue;
  private int running;

  /**
   * What the reads may take.
   *
   * @param atOnce how many statements the database works at
   * @param longestQueue the most that wait for that; a further one is refused
   * @param longest after which the database gives a statement up, in whole milliseconds
   */
  public record Bounds(int atOnce, int longestQueue, Duration longest) {}

  private record Statement(String sql, Tuple parameters, boolean limited) {}

  public BoundedReads(Database database, Bounds bounds) {
    this.database = database;
    this.bounds = bounds;
    this.queue = new WaitingQueue<>(bounds.longestQueue());
  }

  /**
   * Runs one statement that changes nothing.
   *
   * @param call whose read it is
   * @return empty when the database gave it up; fails with {@code OVERLOADED} when too many wait,
   *     with {@code UNAVAILABLE} when the call's time was up before its turn came
   */
  public Future<Optional<RowSet<Row>>> query(String sql, Tuple parameters, RequestContext call) {
    return queue.add(new Statement(sql, parameters, true), call, this::next);
  }

  /**
   * Runs one statement to its end, in its turn: for those that read a fixed number of rows.
   *
   * @return fails like {@link #query}
   */
  public Future<RowSet<Row>> whole(String sql, Tuple parameters, RequestContext call) {
    return queue
        .add(new Statement(sql, parameters, false), call, this::next)
        .map(Optional::orElseThrow);
  }

  /** Starts to measure the reads that wait, under a name for them. */
  public void measure(Metrics metrics, String name) {
    queue.measure(metrics, name);
  }

  private void next() {
    while (running < bounds.atOnce() && !queue.isEmpty()) {
      queue.next().ifPresent(waiting -> waiting.start(() -> start(waiting)));
    }
  }

  private void start(Waiting<Statement, Optional<RowSet<Row>>> waiting) {
    running++;
    run(waiting.item())
        .onComplete(
            done -> {
              running--;
              waiting.promise().handle(done);
              next();
            });
  }

  private Future<Optional<RowSet<Row>>> run(Statement statement) {
    if (!statement.limited) {
      return database.transaction(statement.sql, statement.parameters).map(Optional::of);
    }
    return database
        .transaction(connection -> limited(connection, statement))
        .map(Optional::of)
        .recover(
            failure ->
                failure instanceof GivenUp
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private Future<RowSet<Row>> limited(SqlConnection connection, Statement statement) {
    var limit = "set local statement_timeout = " + bounds.longest().toMillis();
    var limited = connection.query(limit).execute();
    var read = connection.preparedQuery(statement.sql).execute(statement.parameters);
    // The end of the transaction has its usual time. This may be what comes too late, or the time
    // may be over at its end, which cancels the next statement.
    var unlimited = connection.query("set local statement_timeout to default; select 1").execute();
    return Future.all(limited, read, unlimited)
        .map(done -> read.result())
        .recover(BoundedReads::canceled);
  }

  /** Recognized here, where it is known which statement was cancelled. */
  private static Future<RowSet<Row>> canceled(Throwable failure) {
    return Future.failedFuture(
        failure instanceof PgException pg && CANCELED.equals(pg.getSqlState())
            ? new GivenUp()
            : failure);
  }

  /** Ends the transaction of a statement that the database gave up. */
  private static final class GivenUp extends RuntimeException {

    private static final long serialVersionUID = 1;

    GivenUp() {
      super("the statement took too long", null, false, false);
    }
  }
}
