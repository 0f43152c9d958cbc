package org.tradepost.launcher.os;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Sends signals that {@link ProcessHandle} cannot: it has SIGTERM and SIGKILL only. */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal, and returns when it was sent; one to a process that is gone does nothing.
   *
   * @param name without SIG, as {@code kill} takes it
   */
  public static void send(String name, long pid) throws IOException {
    var kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      kill.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
