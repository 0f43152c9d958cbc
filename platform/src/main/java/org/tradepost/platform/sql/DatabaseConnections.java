package org.tradepost.platform.sql;

import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.io.IOException;

/**
 * Opens the connections of one pool: to the first host that accepts them, with the pool's settings,
 * and watched.
 */
final class DatabaseConnections extends PgDriver {

  private final DatabaseConfig config;
  private final String settings;
  private final DatabaseFailures failures;

  /**
   * @param settings statements that set up a connection; not start-up parameters, which a pooler
   *     would reject
   */
  DatabaseConnections(DatabaseConfig config, String settings, DatabaseFailures failures) {
    this.config = config;
    this.settings = settings;
    this.failures = failures;
  }

  @Override
  public ConnectionFactory<PgConnectOptions> createConnectionFactory(
      Vertx vertx, NetClientOptions network) {
    return new Hosts(super.createConnectionFactory(vertx, network));
  }

  /** Tries one host after the other, starting with the one that worked last. */
  private final class Hosts implements ConnectionFactory<PgConnectOptions> {

    private final ConnectionFactory<PgConnectOptions> driver;
    private volatile int lastGoodHost;

    Hosts(ConnectionFactory<PgConnectOptions> driver) {
      this.driver = driver;
    }

    @Override
    public Future<SqlConnection> connect(Context context, PgConnectOptions options) {
      return connect(context, options, lastGoodHost, config.url().hosts().size());
    }

    private Future<SqlConnection> connect(
        Context context, PgConnectOptions options, int index, int left) {
      var host = config.url().hosts().get(index);
      var there =
          new PgConnectOptions(options)
              .setHost(host.name())
              .setPort(host.port())
              // The copy constructor omits this option.
              .setUseLayer7Proxy(options.getUseLayer7Proxy());
      return driver
          .connect(context, there)
          .compose(this::setUp)
          .onSuccess(connection -> lastGoodHost = index)
          .recover(
              failure -> {
                var cause = new IOException(host + ": " + SqlFailures.text(failure), failure);
                failures.note(cause);
                return left == 1
                    ? Future.failedFuture(cause)
                    : connect(
                        context, options, (index + 1) % config.url().hosts().size(), left - 1);
              });
    }

    private Future<SqlConnection> setUp(SqlConnection connection) {
      ConnectionWatch.install(connection, failures);
      return applySettings(connection)
          .compose(done -> writable(connection))
          .map(connection)
          .onFailure(failure -> connection.close());
    }

    private Future<Void> applySettings(SqlConnection connection) {
      return settings.isEmpty()
          ? Future.succeededFuture()
          : connection.query(settings).execute().mapEmpty();
    }

    private Future<Void> writable(SqlConnection connection) {
      return config.url().writable()
          ? connection
              .query("show transaction_read_only")
              .execute()
              .compose(
                  rows ->
                      "off".equals(rows.iterator().next().getString(0))
                          ? Future.succeededFuture()
                          : Future.failedFuture(new IOException("the server accepts no writes")))
          : Future.succeededFuture();
    }

    @Override
    public void close(Completable<Void> completion) {
      driver.close(completion);
    }
  }
}
