package org.tradepost.platform.service;

import java.io.IOException;
import java.io.OutputStream;

/** Runs a main class in a JVM that exits when its parent process ends. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Runs a main class.
   *
   * @param arguments the name of the class
   * @throws ReflectiveOperationException if there is no such class, or it has no main method
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    var watch = new Thread(ChildProcess::endWithTheParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  /** The parent holds the other end of standard input, which is closed however the parent ends. */
  private static void endWithTheParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe means the same as its end.
    }
    System.exit(0);
  }
}
