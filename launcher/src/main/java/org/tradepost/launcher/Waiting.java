package org.tradepost.launcher;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets the command's own thread, which is no event loop, wait for what it has begun. */
final class Waiting {
  private Waiting() {}

  /**
   * The outcome of {@code future}.
   *
   * @throws StartFailure if there is none after {@code patience}, or in the words of what failed
   */
  static <T> T on(Future<T> future, Duration patience) {
    return on(future.toCompletionStage().toCompletableFuture(), patience);
  }

  /** See {@link #on(Future, Duration)}. */
  static <T> T on(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartFailure failure
          ? failure
          : new StartFailure(words(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new StartFailure("It took more than " + patience.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted.", e);
    }
  }

  private static String words(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
