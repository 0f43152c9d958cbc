package org.tradepost.benchmarks.load;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client that sends one request at a time, and checks the response. */
@FunctionalInterface
public interface Client {
  /**
   * Sends one request.
   *
   * @param responded called on any thread with what is wrong with the response, if anything
   */
  void send(Consumer<Optional<String>> responded);

  /**
   * Reports the fault of a response when it arrives, or why there is no response.
   *
   * @param fault finds what is wrong with a response, if anything
   */
  static <T> void report(
      Future<T> response,
      Function<T, Optional<String>> fault,
      Consumer<Optional<String>> responded) {
    response.onComplete(
        done ->
            responded.accept(
                done.failed()
                    ? Optional.of(String.valueOf(done.cause().getMessage()))
                    : fault.apply(done.result())));
  }
}
