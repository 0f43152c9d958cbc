package org.tradepost.launcher.os;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Sends signals that {@link ProcessHandle} cannot send: it knows only SIGTERM and SIGKILL. */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal, and returns when it is sent; does nothing if the process has exited.
   *
   * @param name the signal without SIG, as {@code kill} takes it
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
