package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/** A service's own database: transactions run on a pool, single statements are pipelined. */
public final class Database {

  private static final int MAX_ATTEMPTS = 3;
  private static final Duration RECENTLY = Duration.ofMillis(500);
  private static final long CHECK_TIMEOUT_MILLIS = 900;

  private final DatabaseConfig config;
  private final DatabaseFailures failures;
  private final Pool pool;
  private final Pool pipeline;
  private final Pool checks;

  private Database(DatabaseConfig config, DatabaseFailures failures, DatabaseClients clients) {
    this.config = config;
    this.failures = failures;
    this.pool = clients.transactions();
    this.pipeline = clients.statements();
    this.checks = clients.checks();
  }

  /**
   * Brings the schema up to date and opens the connections. Waits while the server cannot be
   * reached.
   *
   * @param migrations the folder on the class path that holds the migrations
   * @return fails with the full reason when an operator has to fix something
   */
  public static Future<Database> open(Vertx vertx, DatabaseConfig config, String migrations) {
    var failures = new DatabaseFailures(config.url().name());
    return new Migrations(vertx, config, migrations, failures)
        .run()
        .map(done -> connect(vertx, config, failures));
  }

  static Database connect(Vertx vertx, DatabaseConfig config) {
    return connect(vertx, config, new DatabaseFailures(config.url().name()));
  }

  private static Database connect(Vertx vertx, DatabaseConfig config, DatabaseFailures failures) {
    return new Database(config, failures, new DatabaseClients(vertx, config, failures));
  }

  /**
   * Runs work in one transaction, and again if it conflicts with another, three times at most.
   *
   * @return fails with {@code UNAVAILABLE} when the database is unavailable, with an unknown
   *     outcome; with {@code OVERLOADED} when too many wait for a connection
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return guarded(() -> pool.withConnection(connection -> withinTransaction(connection, work)));
  }

  /** Runs one statement in its own transaction. See {@link #transaction}. */
  public Future<RowSet<Row>> transaction(String sql, Tuple parameters) {
    return guarded(() -> pool.preparedQuery(sql).execute(parameters));
  }

  private <T> Future<T> guarded(Supplier<Future<T>> work) {
    return attempt(work, 1).onSuccess(done -> failures.recovered()).recover(this::translate);
  }

  private <T> Future<T> attempt(Supplier<Future<T>> work, int attempt) {
    return work.get()
        .recover(
            failure ->
                attempt < maxAttempts(failure)
                    ? retry(work, attempt + 1)
                    : Future.failedFuture(failure));
  }

  private <T> Future<T> retry(Supplier<Future<T>> work, int attempt) {
    TracingSpan.current()
        .event("tradepost.sql.repeated", "tradepost.attempt", Integer.toString(attempt));
    return attempt(work, attempt);
  }

  /** Every connection may hold stale prepared statements, and each reports them once. */
  private int maxAttempts(Throwable failure) {
    if (SqlFailures.mayBeStale(failure)) {
      return config.poolSize() + 1;
    }
    return SqlFailures.isConflict(failure) ? MAX_ATTEMPTS : 1;
  }

  /** Sends the first statements right behind {@code begin}, which saves a round trip. */
  private <T> Future<T> withinTransaction(
      SqlConnection connection, Function<SqlConnection, Future<T>> work) {
    connection.exceptionHandler(failures::note);
    var begun = begin(connection);
    return work.apply(connection)
        .compose(
            result ->
                begun
                    .compose(Transaction::commit)
                    .map(result)
                    .recover(failure -> abandon(connection, failure)),
            failure ->
                begun
                    .compose(Transaction::rollback)
                    .recover(notEnded -> abandon(connection, notEnded))
                    .transform(ended -> Future.failedFuture(failure)));
  }

  /**
   * Rolls back after a commit or rollback failed: the timeout of one statement may cancel the next
   * one instead. Until the transaction ends, the connection is of no use to others.
   *
   * @return fails with the failure
   */
  private static <T> Future<T> abandon(SqlConnection connection, Throwable failure) {
    return rollBack(connection, MAX_ATTEMPTS).transform(done -> Future.failedFuture(failure));
  }

  private static Future<?> rollBack(SqlConnection connection, int attempts) {
    return connection
        .query("rollback")
        .execute()
        .recover(
            failure ->
                attempts > 1 && failure instanceof PgException
                    ? rollBack(connection, attempts - 1).mapEmpty()
                    : Future.failedFuture(failure));
  }

  private Future<Transaction> begin(SqlConnection connection) {
    var begun = connection.begin();
    return config.prepared()
        ? begun
        : Future.join(begun, connection.query(DatabaseClients.TRANSACTION_LIMITS).execute())
            .compose(limited -> begun);
  }

  /** Runs work in a transaction that is rolled back. */
  public Future<Void> warmUp(Function<SqlConnection, Future<?>> work) {
    return pool.withConnection(
            connection ->
                connection
                    .begin()
                    .compose(begun -> work.apply(connection).eventually(begun::rollback)))
        .mapEmpty();
  }

  /** Runs one statement by itself; several share a connection. Fails like {@link #transaction}. */
  public Future<RowSet<Row>> query(String sql, Tuple parameters) {
    return guarded(() -> pipeline.preparedQuery(sql).execute(parameters));
  }

  /** See {@link #query(String, Tuple)}. */
  public Future<RowSet<Row>> query(String sql) {
    return query(sql, Tuple.tuple());
  }

  /**
   * Corrects the failure of a read that follows a committed change of the same request.
   *
   * @return fails with {@code UNAVAILABLE} instead of {@code OVERLOADED}, which would mean that
   *     nothing was changed
   */
  public static <T> Future<T> afterCommit(Future<T> reading) {
    return reading.recover(
        failure ->
            Future.failedFuture(
                failure instanceof ServiceException rejection
                        && rejection.is(CommonError.OVERLOADED)
                    ? ServiceException.unavailable("The service's database is overloaded")
                    : failure));
  }

  /**
   * Checks that the database can be used: it replies now or, if it is busy, has just replied.
   *
   * @return fails with the cause, worded for an operator
   */
  public Future<Void> check() {
    return failures.answeredWithin(RECENTLY)
        ? Future.succeededFuture()
        : guarded(() -> checks.preparedQuery("select 1").execute())
            .<Void>mapEmpty()
            .timeout(CHECK_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .recover(
                failure ->
                    failures.answeredWithin(RECENTLY)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failures.current().orElse("it does not reply")));
  }

  /** Sets the action that runs whenever the database refuses a connection. */
  public void onRefused(Runnable action) {
    failures.onRefused(action);
  }

  /** What is wrong with the database, if anything. */
  DatabaseFailures failures() {
    return failures;
  }

  public Future<Void> close() {
    return Future.join(pipeline.close(), pool.close(), checks.close()).mapEmpty();
  }

  private <T> Future<T> translate(Throwable failure) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      return Future.failedFuture(ServiceException.overloaded());
    }
    if (!SqlFailures.isUnavailable(failure)) {
      return Future.failedFuture(failure);
    }
    failures.note(failure);
    if (failure.getCause() instanceof ConnectException) {
      failures.noteRefusal();
    }
    return Future.failedFuture(
        ServiceException.unavailable("The service's database is unavailable"));
  }
}
