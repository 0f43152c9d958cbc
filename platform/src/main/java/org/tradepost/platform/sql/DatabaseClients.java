package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgPoolOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the three pools of a {@link Database}, with all settings of their connections. */
final class DatabaseClients {

  private static final int PIPELINING = 64;

  /** The driver's default, 2048 characters, would leave out the statements that are used most. */
  private static final int MAX_CACHED_STATEMENT_LENGTH = 10_000;

  private static final int MAX_QUEUE_SIZE = 1_000;
  private static final int POOL_WAIT_SECONDS = 3;

  /**
   * Timeouts on the server, each shorter than the next: a transaction whose service stopped keeps
   * its locks until the first, a statement that waits for them fails at the second, and the client
   * closes an unresponsive connection after {@link ConnectionWatch#MAX_NO_REPLY_SECONDS}.
   */
  private static final Map<String, String> LIMITS =
      Map.of("idle_in_transaction_session_timeout", "1500ms", "statement_timeout", "4s");

  /** Lets the server end the session of a client whose host is gone. */
  private static final Map<String, String> KEEP_ALIVE =
      Map.of(
          "tcp_keepalives_idle", "10",
          "tcp_keepalives_interval", "3",
          "tcp_keepalives_count", "3",
          "tcp_user_timeout", "15s");

  /**
   * Transactions reach rows by key, so one generic plan per statement is enough. By default, the
   * server plans small batches anew each time, and keeps a plan with a sequential scan, made while
   * the table had few rows, until the table is analyzed again.
   */
  private static final Map<String, String> GENERIC_PLANS =
      Map.of("plan_cache_mode", "force_generic_plan", "enable_seqscan", "off");

  /** The driver logs the server's notices; a search for stop words alone causes one. */
  private static final Map<String, String> NO_NOTICES = Map.of("client_min_messages", "warning");

  /** The settings of every connection. */
  private static final String SETTINGS =
      statements("set", LIMITS) + statements("set", KEEP_ALIVE) + statements("set", NO_NOTICES);

  /** Sets the limits of one transaction, on a connection that keeps no settings. */
  static final String TRANSACTION_LIMITS = statements("set local", LIMITS);

  private final Vertx vertx;
  private final DatabaseConfig config;
  private final DatabaseFailures failures;

  DatabaseClients(Vertx vertx, DatabaseConfig config, DatabaseFailures failures) {
    this.vertx = vertx;
    this.config = config;
    this.failures = failures;
  }

  /** For transactions, each on its own connection. */
  Pool transactions() {
    return pool(
        limits("transactions", config.poolSize()), SETTINGS + statements("set", GENERIC_PLANS));
  }

  /** For single statements, several at once on a connection. */
  Pool statements() {
    return pool(
        new PgPoolOptions(limits("statements", config.readers())).setPipelined(true), SETTINGS);
  }

  /** For health checks, which must not queue behind statements that wait for locks. */
  Pool checks() {
    return pool(limits("checks", 1), SETTINGS);
  }

  private static String statements(String set, Map<String, String> values) {
    return String.join(
        "",
        values.entrySet().stream()
            .map(one -> "%s %s = '%s';".formatted(set, one.getKey(), one.getValue()))
            .toList());
  }

  private Pool pool(PoolOptions limits, String settings) {
    var connections = new DatabaseConnections(config, config.prepared() ? settings : "", failures);
    return connections.newPool(
        vertx, () -> Future.succeededFuture(options()), limits, network(), null, new CloseFuture());
  }

  /**
   * @param use the pool's name in the metrics, after the name of the database
   */
  private PoolOptions limits(String use, int size) {
    return new PoolOptions()
        .setName(config.url().name() + " " + use)
        .setMaxSize(size)
        .setMaxWaitQueueSize(MAX_QUEUE_SIZE)
        .setConnectionTimeout(POOL_WAIT_SECONDS)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS);
  }

  /** Gives up on a server that accepts a connection and then sends nothing. */
  private NetClientOptions network() {
    var seconds = config.url().connectSeconds();
    return new NetClientOptions()
        .setTcpKeepAlive(true)
        .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(seconds))
        .setReadIdleTimeout(seconds)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /**
   * Behind a pooler, a statement is sent together with its parameters, so that one server
   * connection gets both. Nothing is sent before the previous reply, at which the pooler may take
   * the connection away.
   */
  private PgConnectOptions options() {
    var options =
        new PgConnectOptions()
            .setDatabase(config.url().name())
            .setUser(config.user())
            .setPassword(config.password())
            .setCachePreparedStatements(config.prepared())
            .setPreparedStatementCacheSqlLimit(MAX_CACHED_STATEMENT_LENGTH)
            .setUseLayer7Proxy(!config.prepared())
            .setPipeliningLimit(config.prepared() ? PIPELINING : 1)
            .setProperties(
                Map.of(
                    "application_name",
                    "tradepost",
                    "client_encoding",
                    "utf8",
                    "DateStyle",
                    "ISO"));
    return config.url().tls().on(options);
  }
}
