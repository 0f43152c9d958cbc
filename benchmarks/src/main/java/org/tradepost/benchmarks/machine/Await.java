package org.tradepost.benchmarks.machine;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Lets the thread that measures wait for what happens on others. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BETWEEN_LOOKS_MILLIS = 5;

  private Await() {}

  /**
   * Waits for what needs some time, and then a little longer.
   *
   * @param atLeast for how long it goes on anyway
   */
  public static void on(CountDownLatch latch, Duration atLeast, String what) {
    Duration patience = atLeast.plus(PATIENCE);
    try {
      if (!latch.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new MeasurementFailure(
            "Waited " + patience.toSeconds() + " s in vain for " + what + ".");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public static <T> T on(Future<T> future) {
    return on(future, PATIENCE);
  }

  public static <T> T on(Future<T> future, Duration patience) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MeasurementFailure(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw new MeasurementFailure("Waited " + patience.toSeconds() + " s in vain.", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Looks again and again until {@code condition} is true. */
  public static void until(BooleanSupplier condition, Duration patience, String what) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new MeasurementFailure(
            "Waited " + patience.toSeconds() + " s in vain for " + what + ".");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private static MeasurementFailure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new MeasurementFailure("Interrupted.", cause);
  }
}
