package org.tradepost.benchmarks.measure;

import java.time.Duration;

/** A side of a comparison. */
public interface Side extends AutoCloseable {
  String name();

  Metric metric();

  /** Works for a while before it is measured; may choose its best configuration meanwhile. */
  void warmUp(Duration time);

  Sample measure(Duration time);

  @Override
  default void close() {}
}
