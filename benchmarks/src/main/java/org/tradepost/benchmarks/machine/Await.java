package org.tradepost.benchmarks.machine;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Lets the measuring thread wait for other threads. */
public final class Await {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private Await() {}

  /**
   * Waits for work of a known duration, for up to a minute longer.
   *
   * @param atLeast the shortest duration of the work
   */
  public static void on(CountDownLatch latch, Duration atLeast, String what) {
    var timeout = atLeast.plus(TIMEOUT);
    try {
      if (!latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new MeasurementFailure(
            "Timed out after " + timeout.toSeconds() + " s waiting for " + what + ".");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public static <T> T on(Future<T> future) {
    return on(future, TIMEOUT);
  }

  public static <T> T on(Future<T> future, Duration timeout) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MeasurementFailure(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw new MeasurementFailure("Timed out after " + timeout.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Polls until {@code condition} is true. */
  public static void until(BooleanSupplier condition, Duration timeout, String what) {
    var start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        throw new MeasurementFailure(
            "Timed out after " + timeout.toSeconds() + " s waiting for " + what + ".");
      }
      pause(POLL_INTERVAL);
    }
  }

  /** Sleeps for that time. */
  public static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static MeasurementFailure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new MeasurementFailure("Interrupted.", cause);
  }
}
