package org.tradepost.common.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;

/** A service's own database: transactions on a pool, single statements pipelined. */
public final class Database {

  private static final int PIPELINING = 64;

  /** The driver's own limit, 2048 characters, would leave out the statements that are used most. */
  private static final int LONGEST_CACHED_STATEMENT = 10_000;

  private static final int LONGEST_QUEUE = 1_000;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int POOL_WAIT_SECONDS = 3;
  private static final int MOST_TRIES = 3;

  /**
   * A JVM that is frozen, or a host that is cut off, in the middle of a transaction keeps its
   * connection and its locks; after this time the server ends both, so that the others can go on.
   */
  private static final int LONGEST_SILENCE_MILLIS = 10_000;

  /**
   * Serialization failure and deadlock: the transaction left nothing behind and may be run again.
   */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  /**
   * Classes of SQLSTATE that say that the server, and not the statement, is at fault: it is broken,
   * full, stopping, or lets nobody in.
   */
  private static final Set<String> SERVER_AWAY = Set.of("08", "28", "3D", "53", "55", "57", "58");

  private final Pool pool;
  private final SqlClient pipeline;

  private Database(Pool pool, SqlClient pipeline) {
    this.pool = pool;
    this.pipeline = pipeline;
  }

  /**
   * Brings the schema up to date and opens the connections.
   *
   * @param migrations the folder on the class path that holds the migrations
   */
  public static Future<Database> open(Vertx vertx, DatabaseConfig config, String migrations) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              migrate(config, migrations);
              return null;
            })
        .map(done -> connect(vertx, config));
  }

  private static void migrate(DatabaseConfig config, String migrations) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(config.jdbcUrl(), config.user(), config.password())
        .locations("classpath:" + migrations)
        .connectRetries(5)
        .load()
        .migrate();
  }

  static Database connect(Vertx vertx, DatabaseConfig config) {
    var options =
        new PgConnectOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setDatabase(config.name())
            .setUser(config.user())
            .setPassword(config.password())
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheSqlLimit(LONGEST_CACHED_STATEMENT)
            .setPipeliningLimit(PIPELINING)
            .addProperty(
                "idle_in_transaction_session_timeout", Integer.toString(LONGEST_SILENCE_MILLIS));
    var network = new NetClientOptions().setConnectTimeout(CONNECT_MILLIS);
    var limits =
        new PoolOptions()
            .setMaxSize(config.poolSize())
            .setMaxWaitQueueSize(LONGEST_QUEUE)
            .setConnectionTimeout(POOL_WAIT_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    return new Database(
        PgBuilder.pool()
            .with(limits)
            .with(network)
            .connectingTo(plannedOnce(options))
            .using(vertx)
            .build(),
        PgBuilder.client()
            .with(new PoolOptions(limits).setMaxSize(Math.max(1, config.poolSize() / 3)))
            .with(network)
            .connectingTo(options)
            .using(vertx)
            .build());
  }

  /**
   * Transactions reach rows by key, so one plan for each statement will do. The server by itself
   * plans a batch anew while it is small, and keeps a plan that reads a table as a whole, made when
   * that had a few rows, until the table is analyzed again.
   */
  private static PgConnectOptions plannedOnce(PgConnectOptions options) {
    return new PgConnectOptions(options)
        .addProperty("plan_cache_mode", "force_generic_plan")
        .addProperty("enable_seqscan", "off");
  }

  /**
   * Runs work in one transaction, once more when it met another's.
   *
   * @return fails with {@code UNAVAILABLE} when the server is away: whether it was committed is
   *     then unknown; with {@code OVERLOADED} when too many wait for a connection
   */
  public <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return tried(() -> pool.withConnection(connection -> withinTransaction(connection, work)), 1)
        .recover(Database::translate);
  }

  /** Runs one statement in a transaction of its own. See {@link #transaction}. */
  public Future<RowSet<Row>> transaction(String sql, Tuple parameters) {
    return tried(() -> pool.preparedQuery(sql).execute(parameters), 1).recover(Database::translate);
  }

  private static <T> Future<T> tried(Supplier<Future<T>> work, int attempt) {
    return work.get()
        .recover(
            failure ->
                attempt < MOST_TRIES
                        && failure instanceof PgException pg
                        && TRY_AGAIN.contains(pg.getSqlState())
                    ? tried(work, attempt + 1)
                    : Future.failedFuture(failure));
  }

  /** The first statements are sent right behind the one that begins, which saves a round trip. */
  private static <T> Future<T> withinTransaction(
      SqlConnection connection, Function<SqlConnection, Future<T>> work) {
    var begun = connection.begin();
    return work.apply(connection)
        .compose(
            result -> begun.compose(Transaction::commit).map(result),
            failure ->
                begun
                    .compose(Transaction::rollback)
                    .transform(rolledBack -> Future.failedFuture(failure)));
  }

  /** Runs work in a transaction that is rolled back. */
  public Future<Void> rehearse(Function<SqlConnection, Future<?>> work) {
    return pool.withConnection(
            connection ->
                connection
                    .begin()
                    .compose(begun -> work.apply(connection).eventually(begun::rollback)))
        .mapEmpty();
  }

  /**
   * Runs one statement by itself; several share a connection. See {@link #transaction} for
   * failures.
   */
  public Future<RowSet<Row>> query(String sql, Tuple parameters) {
    return pipeline.preparedQuery(sql).execute(parameters).recover(Database::translate);
  }

  /** See {@link #query(String, Tuple)}. */
  public Future<RowSet<Row>> query(String sql) {
    return query(sql, Tuple.tuple());
  }

  /** Whether the server answers. */
  public Future<Void> ping() {
    return query("select 1").mapEmpty();
  }

  public Future<Void> close() {
    return Future.join(pipeline.close(), pool.close()).mapEmpty();
  }

  private static <T> Future<T> translate(Throwable failure) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      return Future.failedFuture(
          ServiceException.retryAfter(ErrorCode.OVERLOADED, ErrorCode.OVERLOADED.title(), 1));
    }
    var away =
        failure instanceof PgException pg
            ? SERVER_AWAY.contains(pg.getSqlState().substring(0, 2))
            : failure instanceof VertxException || !(failure instanceof RuntimeException);
    return Future.failedFuture(
        away ? ServiceException.unavailable("The service's database is away") : failure);
  }
}
