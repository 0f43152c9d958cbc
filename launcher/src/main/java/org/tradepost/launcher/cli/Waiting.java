package org.tradepost.launcher.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Blocks the command's own thread, which is not an event loop. */
public final class Waiting {
  /**
   * The timeout of a start. With much data, a migration or the recovery after a crash takes
   * minutes. A failed start is noticed at once.
   */
  public static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  private static final long POLL_INTERVAL_MILLIS = 50;

  private Waiting() {}

  /**
   * Waits for the result of {@code future}.
   *
   * @throws CommandFailure if there is no result within {@code timeout}, or with the message of the
   *     failure
   */
  public static <T> T on(Future<T> future, Duration timeout) {
    return on(future.toCompletionStage().toCompletableFuture(), timeout);
  }

  /** See {@link #on(Future, Duration)}. */
  public static <T> T on(CompletableFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandFailure failure
          ? failure
          : new CommandFailure(message(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new CommandFailure("It took more than " + timeout.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.", e);
    }
  }

  /** Waits until {@code condition} holds; false after {@code timeout} or on an interrupt. */
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

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
