package org.tradepost.benchmarks.machine;

/** Why something cannot be measured; the message is shown unchanged. */
public class MeasurementFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MeasurementFailure(String message) {
    super(message);
  }

  public MeasurementFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
