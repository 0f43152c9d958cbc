package org.tradepost.benchmarks.machine;

/** A reason not to measure; its message is shown as it is. */
public class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchFailure(String message) {
    super(message);
  }

  public BenchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
