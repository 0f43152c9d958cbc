package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.management.Metrics;

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
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int running;

  /**
   * What the reads may take.
   *
   * @param atOnce how many statements the database works at
   * @param longestQueue the most that wait for that; a further one is refused
   * @param longest after which the database gives a statement up, in whole milliseconds
   */
  public record Bounds(int atOnce, int longestQueue, Duration longest) {}

  private record Waiting(
      String sql, Tuple parameters, RequestContext call, Promise<Optional<RowSet<Row>>> promise) {}

  public BoundedReads(Database database, Bounds bounds) {
    this.database = database;
    this.bounds = bounds;
  }

  /**
   * Runs one statement that changes nothing.
   *
   * @param call whose read it is
   * @return empty when the database gave it up; fails with {@code OVERLOADED} when too many wait,
   *     with {@code UNAVAILABLE} when the call's time was up before its turn came
   */
  public Future<Optional<RowSet<Row>>> query(String sql, Tuple parameters, RequestContext call) {
    if (queue.size() >= bounds.longestQueue()) {
      return Future.failedFuture(
          ServiceException.retryAfter(CommonError.OVERLOADED, CommonError.OVERLOADED.title(), 1));
    }
    var waiting = new Waiting(sql, parameters, call, Promise.promise());
    queue.add(waiting);
    next();
    return waiting.promise.future();
  }

  /** How many reads wait, and how many may; see {@link Metrics#QUEUE}. */
  public Future<Map<String, Object>> metrics() {
    return Future.succeededFuture(Map.of("waiting", queue.size(), "most", bounds.longestQueue()));
  }

  private void next() {
    while (running < bounds.atOnce() && !queue.isEmpty()) {
      var waiting = queue.poll();
      if (waiting.call.remaining() > 0) {
        running++;
        run(waiting)
            .onComplete(
                done -> {
                  running--;
                  waiting.promise.handle(done);
                  next();
                });
      } else {
        waiting.promise.fail(ServiceException.unavailable("The time for the request is up"));
      }
    }
  }

  private Future<Optional<RowSet<Row>>> run(Waiting waiting) {
    return database
        .transaction(connection -> limited(connection, waiting))
        .map(Optional::of)
        .recover(
            failure ->
                failure instanceof GivenUp
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private Future<RowSet<Row>> limited(SqlConnection connection, Waiting waiting) {
    var limit = "set local statement_timeout = " + bounds.longest().toMillis();
    var limited = connection.query(limit).execute();
    var read = connection.preparedQuery(waiting.sql).execute(waiting.parameters);
    return Future.all(limited, read).map(done -> read.result()).recover(BoundedReads::canceled);
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
