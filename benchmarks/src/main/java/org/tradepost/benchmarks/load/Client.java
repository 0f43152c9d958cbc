package org.tradepost.benchmarks.load;

import java.util.Optional;
import java.util.function.Consumer;

/** Somebody who asks one thing at a time, and looks at the answer. */
@FunctionalInterface
public interface Client {
  /**
   * Asks once.
   *
   * @param answered is told, on any thread, what was wrong with the answer, if anything was
   */
  void ask(Consumer<Optional<String>> answered);
}
