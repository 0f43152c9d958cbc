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
 * Runs reads whose cost depends on what a client asks for: few at once, and each for a limited
 * time, so that they take only a bounded share of the database.
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
   * The limits of the reads.
   *
   * @param concurrency the most statements that run at once
   * @param maxQueueSize the most statements that may wait; further statements are rejected
   * @param timeout after which the database cancels a statement, in whole milliseconds
   */
  public record Bounds(int concurrency, int maxQueueSize, Duration timeout) {}

  private record Statement(String sql, Tuple parameters, boolean limited) {}

  public BoundedReads(Database database, Bounds bounds) {
    this.database = database;
    this.bounds = bounds;
    this.queue = new WaitingQueue<>(bounds.maxQueueSize());
  }

  /**
   * Runs one read-only statement.
   *
   * @param call the request that the statement belongs to
   * @return empty when the database cancelled the statement; fails with {@code OVERLOADED} when too
   *     many wait, with {@code UNAVAILABLE} when the call times out before its turn
   */
  public Future<Optional<RowSet<Row>>> query(String sql, Tuple parameters, RequestContext call) {
    return queue.add(new Statement(sql, parameters, true), call, this::next);
  }

  /**
   * Runs a statement that reads a fixed number of rows, in its turn but not within {@link
   * Bounds#timeout}.
   *
   * @return fails like {@link #query}
   */
  public Future<RowSet<Row>> whole(String sql, Tuple parameters, RequestContext call) {
    return queue
        .add(new Statement(sql, parameters, false), call, this::next)
        .map(Optional::orElseThrow);
  }

  /** Starts to measure the reads that wait, labelled with {@code name}. */
  public void measure(Metrics metrics, String name) {
    queue.measure(metrics, name);
  }

  private void next() {
    while (running < bounds.concurrency() && !queue.isEmpty()) {
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
    var limit = "set local statement_timeout = " + bounds.timeout().toMillis();
    var limited = connection.query(limit).execute();
    var read = connection.preparedQuery(statement.sql).execute(statement.parameters);
    // Restores the usual timeout for the end of the transaction. The cancellation may come as late
    // as here: "select 1" takes one that comes just after "set".
    var unlimited = connection.query("set local statement_timeout to default; select 1").execute();
    return Future.all(limited, read, unlimited)
        .map(done -> read.result())
        .recover(BoundedReads::canceled);
  }

  /** Translated here, where it is known which statement was cancelled. */
  private static Future<RowSet<Row>> canceled(Throwable failure) {
    return Future.failedFuture(
        failure instanceof PgException pg && CANCELED.equals(pg.getSqlState())
            ? new GivenUp()
            : failure);
  }

  /** Rolls back the transaction of a statement that the database cancelled. */
  private static final class GivenUp extends RuntimeException {

    private static final long serialVersionUID = 1;

    GivenUp() {
      super("the statement took too long", null, false, false);
    }
  }
}
