package org.tradepost.benchmarks.machine;

/** A reason not to measure; its message is shown as it is. */
public class MeasurementFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MeasurementFailure(String message) {
    super(message);
  }

  public MeasurementFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
