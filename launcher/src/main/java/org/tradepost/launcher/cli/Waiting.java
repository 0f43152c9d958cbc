package org.tradepost.launcher.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Blocks the command's own thread, which is not an event loop, until something has happened. */
public final class Waiting {
  /**
   * For a start: on much data a migration or the recovery after a crash takes minutes, and a start
   * that failed is noticed at once.
   */
  public static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private static final long POLL_INTERVAL_MILLIS = 50;

  private Waiting() {}

  /**
   * The outcome of {@code future}.
   *
   * @throws StartFailure if there is none after {@code timeout}, or with the message of the failure
   */
  public static <T> T on(Future<T> future, Duration timeout) {
    return on(future.toCompletionStage().toCompletableFuture(), timeout);
  }

  /** See {@link #on(Future, Duration)}. */
  public static <T> T on(CompletableFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartFailure failure
          ? failure
          : new StartFailure(words(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new StartFailure("It took more than " + timeout.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted.", e);
    }
  }

  /** Whether {@code condition} came true within {@code timeout}; an interrupt ends the wait. */
  public static boolean until(BooleanSupplier condition, Duration timeout) {
    var start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static String words(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
