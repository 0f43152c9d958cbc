package org.tradepost.benchmarks;

import java.util.List;

/** A reason not to measure; its message is shown as it is. */
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Row> rows;

  BenchFailure(String message) {
    this(message, List.of());
  }

  BenchFailure(String message, Throwable cause) {
    super(message, cause);
    this.rows = List.of();
  }

  /**
   * When only a part could not be measured.
   *
   * @param rows what could
   */
  BenchFailure(String message, List<Row> rows) {
    super(message);
    this.rows = rows;
  }

  List<Row> rows() {
    return rows;
  }
}
