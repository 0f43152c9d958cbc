package org.tradepost.benchmarks.measure;

import java.util.List;
import org.tradepost.benchmarks.machine.BenchFailure;

/** Only a part could be measured. */
public final class PartialFailure extends BenchFailure {
  private static final long serialVersionUID = 1L;

  private final transient List<Row> rows;

  /**
   * @param rows what could be measured
   */
  public PartialFailure(String message, List<Row> rows) {
    super(message);
    this.rows = rows;
  }

  public List<Row> rows() {
    return rows;
  }
}
