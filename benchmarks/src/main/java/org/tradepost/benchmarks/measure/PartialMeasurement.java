package org.tradepost.benchmarks.measure;

import java.util.List;
import org.tradepost.benchmarks.machine.MeasurementFailure;

/** Only a part could be measured. */
public final class PartialMeasurement extends MeasurementFailure {
  private static final long serialVersionUID = 1L;

  private final transient List<Comparison> rows;

  /**
   * @param rows what could be measured
   */
  public PartialMeasurement(String message, List<Comparison> rows) {
    super(message);
    this.rows = rows;
  }

  public List<Comparison> rows() {
    return rows;
  }
}
