package org.tradepost.platform.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.tradepost.common.bus.Backoff;

/**
 * Brings the schema of a database up to date. Waits while the server cannot be reached, and fails
 * when an operator has to fix something.
 */
final class Migrations {

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 10_000;

  /** The longest that one statement of a migration may take. */
  private static final int STATEMENT_TIMEOUT_MINUTES = 30;

  private final Vertx vertx;
  private final DatabaseConfig config;
  private final String folder;
  private final DatabaseFailures failures;

  /**
   * @param folder the folder on the class path that holds the migrations
   */
  Migrations(Vertx vertx, DatabaseConfig config, String folder, DatabaseFailures failures) {
    this.vertx = vertx;
    this.config = config;
    this.folder = folder;
    this.failures = failures;
  }

  /**
   * Runs the migrations that have not been run yet.
   *
   * @return fails with the full reason in one line
   */
  Future<Void> run() {
    // On a separate thread: it may wait for another instance that migrates, or for a slow server.
    var thread =
        vertx.createSharedWorkerExecutor(
            "migrations of " + folder, 1, STATEMENT_TIMEOUT_MINUTES, TimeUnit.MINUTES);
    return attempt(thread, new Backoff(FIRST_PAUSE_MILLIS, MAX_PAUSE_MILLIS))
        .onComplete(done -> thread.close());
  }

  private Future<Void> attempt(WorkerExecutor thread, Backoff backoff) {
    return thread
        .<Void>executeBlocking(this::migrate)
        .recover(
            failure -> {
              var cause = new IOException(text(failure), failure);
              if (!isTemporary(failure)) {
                return Future.failedFuture(cause);
              }
              failures.note(cause);
              return vertx.timer(backoff.next()).compose(done -> attempt(thread, backoff));
            });
  }

  private Void migrate() {
    var url = config.url().jdbcUrl() + "&socketTimeout=" + STATEMENT_TIMEOUT_MINUTES * 60;
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(
            config.prepared() ? url : url + "&prepareThreshold=0", config.user(), config.password())
        .locations("classpath:" + folder)
        // Waits for another instance that migrates, however long its statements take.
        .lockRetryCount(-1)
        .load()
        .migrate();
    return null;
  }

  /** Whether a retry may succeed without a change of a setting or a file. */
  private static boolean isTemporary(Throwable failure) {
    var sql = cause(failure, SQLException.class);
    if (sql == null
        || sql.getSQLState() == null
        || failure instanceof FlywayValidateException
        || cause(failure, CertificateException.class) != null
        || cause(failure, SSLPeerUnverifiedException.class) != null) {
      return false;
    }
    var state = sql.getSQLState();
    return !SqlFailures.isWrongStatement(state)
        && !state.startsWith("28")
        && !state.startsWith("3D")
        && !state.equals("42501")
        && !state.equals("08004")
        && !(state.equals("08P01") && sql.getMessage().contains("parameter"))
        // The only sign of a certificate with another host name: the exception has no cause.
        && !sql.getMessage().contains("HostnameVerifier");
  }

  private static String text(Throwable failure) {
    if (failure instanceof FlywayValidateException) {
      return "this build cannot upgrade the schema of the database, see"
          + " \"Upgrading\" in docs/maintain.md: "
          + SqlFailures.line(failure.getMessage());
    }
    var sql = cause(failure, SQLException.class);
    if (sql == null) {
      return SqlFailures.line(String.valueOf(failure.getMessage()));
    }
    var words = SqlFailures.line(sql.getSQLState() + " " + sql.getMessage());
    var migration = cause(failure, FlywayMigrateException.class);
    return migration == null
        ? words
        : "the migration %s failed: %s".formatted(migration.getMigration().getScript(), words);
  }

  private static <T extends Throwable> T cause(Throwable failure, Class<T> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }
}
