package org.tradepost.launcher;

/**
 * A reason not to start that the person at the keyboard can act on; its message is shown as it is.
 */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
