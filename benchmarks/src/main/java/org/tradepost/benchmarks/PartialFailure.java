package org.tradepost.benchmarks;

import java.util.List;

/** Only a part could be measured. */
final class PartialFailure extends BenchFailure {
  private static final long serialVersionUID = 1L;

  private final transient List<Row> rows;

  /**
   * @param rows what could be measured
   */
  PartialFailure(String message, List<Row> rows) {
    super(message);
    this.rows = rows;
  }

  List<Row> rows() {
    return rows;
  }
}
