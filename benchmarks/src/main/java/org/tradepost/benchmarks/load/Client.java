package org.tradepost.benchmarks.load;

import java.util.Optional;
import java.util.function.Consumer;

/** A client that sends one request at a time, and checks the response. */
@FunctionalInterface
public interface Client {
  /**
   * Sends one request.
   *
   * @param responded called on any thread with what was wrong with the response, if anything was
   */
  void send(Consumer<Optional<String>> responded);
}
