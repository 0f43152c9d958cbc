package org.tradepost.proof.torture.load;

/** A reason why a run has no result; its message is printed as it is. */
public final class TortureFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TortureFailure(String message) {
    super(message);
  }

  public TortureFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
