package org.tradepost.platform.sql;

import io.vertx.core.VertxException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what is wrong with a database, and logs the same cause only every 30 seconds.
 * Thread-safe.
 */
final class DatabaseFailures {

  private static final Logger log = LoggerFactory.getLogger(DatabaseFailures.class);
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(30);

  /** How long a failure counts even if other statements succeed, as on a read-only server. */
  private static final Duration MIN_CURRENT = Duration.ofSeconds(10);

  private static final int MAX_CAUSES = 50;

  /**
   * Why the database cannot be used.
   *
   * @param cause SQLSTATE and the server's message, or what was wrong with the connection
   * @param at when it last occurred
   * @param resolved whether the database has answered since then
   */
  public record Failure(String cause, Instant at, boolean resolved) {}

  private final String database;
  private final Map<String, Instant> logged = new HashMap<>();
  private volatile Failure last;
  private volatile boolean answered;
  private volatile long answeredAt;

  private volatile Runnable refused = () -> {};

  DatabaseFailures(String database) {
    this.database = database;
  }

  /** Sets the action that runs when no connection can be made. */
  void onRefused(Runnable action) {
    refused = action;
  }

  /** The last cause, whether resolved or not. */
  public Optional<Failure> last() {
    return Optional.ofNullable(last);
  }

  /** The cause, until the database has answered again, and for at least ten seconds. */
  public Optional<String> current() {
    return last().filter(DatabaseFailures::isCurrent).map(Failure::cause);
  }

  private static boolean isCurrent(Failure failure) {
    return !failure.resolved() || failure.at().plus(MIN_CURRENT).isAfter(Instant.now());
  }

  /**
   * Notes why the database cannot be used. A closed connection, or none free, is only a consequence
   * and does not replace a current cause.
   */
  void note(Throwable failure) {
    if (!(failure instanceof VertxException) || current().isEmpty()) {
      note(SqlFailures.text(failure));
    }
  }

  private synchronized void note(String cause) {
    var now = Instant.now();
    last = new Failure(cause, now, false);
    var before = logged.get(cause);
    if (before == null || before.plus(LOGGED_EVERY).isBefore(now)) {
      if (logged.size() == MAX_CAUSES) {
        logged.clear();
      }
      logged.put(cause, now);
      log.warn("the database {} cannot be used: {}", database, cause);
    }
  }

  /** Notes that a request failed because every host of the database refused a connection. */
  void noteRefusal() {
    answered = false;
    refused.run();
  }

  /** Whether the database has answered within the last {@code time}, and takes connections. */
  boolean answeredWithin(Duration time) {
    return answered && System.nanoTime() - answeredAt < time.toNanos();
  }

  /** Notes that the database has answered. */
  void recovered() {
    answeredAt = System.nanoTime();
    answered = true;
    var known = last;
    if (known != null && !known.resolved()) {
      resolve();
    }
  }

  private synchronized void resolve() {
    if (!last.resolved()) {
      last = new Failure(last.cause(), last.at(), true);
    }
  }
}
