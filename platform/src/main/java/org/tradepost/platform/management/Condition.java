package org.tradepost.platform.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is needed in order to serve, checked twice a second in the background. Its state
 * is read from memory, so that no request waits for an unresponsive part.
 */
public final class Condition {

  private static final long CHECK_MILLIS = 500;

  /** Together with the interval between checks, it stays below two seconds. */
  private static final long CHECK_TIMEOUT_MILLIS = 1_000;

  private static final String NOT_CHECKED = "it has not been checked yet";
  private static final Logger log = LoggerFactory.getLogger(Condition.class);

  private final Vertx vertx;
  private final String name;
  private final Supplier<Future<Void>> probe;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile String trouble = NOT_CHECKED;
  private Future<Void> checking = Future.succeededFuture();

  private final long timer;

  private Condition(Vertx vertx, String name, Supplier<Future<Void>> probe) {
    this.vertx = vertx;
    this.name = name;
    this.probe = probe;
    this.timer = vertx.setPeriodic(CHECK_MILLIS, due -> check());
  }

  /**
   * Starts to check a condition.
   *
   * @param name its name in logs and health
   * @param probe fails with the reason while the condition does not hold
   */
  public static Condition watch(Vertx vertx, String name, Supplier<Future<Void>> probe) {
    return new Condition(vertx, name, probe);
  }

  /** Stops checking it. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** Why it does not hold; empty while it does. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  public boolean holds() {
    return trouble == null;
  }

  public String name() {
    return name;
  }

  /** Runs the listener whenever the condition starts or stops holding. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Checks it now, unless a check is in progress. Never fails. */
  public synchronized Future<Void> check() {
    if (checking.isComplete()) {
      checking =
          Future.succeededFuture()
              .compose(begun -> probe.get())
              .timeout(CHECK_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
              .transform(
                  result -> {
                    found(result.succeeded() ? null : reason(result.cause()));
                    return Future.succeededFuture();
                  });
    }
    return checking;
  }

  /** Checks it now if it held until now, because something has failed that needs it. */
  public void recheck() {
    if (holds()) {
      check();
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private void found(String now) {
    var before = trouble;
    trouble = now;
    if (now == null && before != null && !before.equals(NOT_CHECKED)) {
      log.info("{}: OK again", name);
    } else if (now != null && (before == null || before.equals(NOT_CHECKED))) {
      log.warn("{}: {}", name, now);
    }
    if ((before == null) != (now == null)) {
      listeners.forEach(Runnable::run);
    }
  }
}
