package org.tradepost.launcher.cluster;

import java.io.IOException;
import java.io.OutputStream;

/** A JVM of the local cluster: runs one service, and ends when the launcher that started it has. */
final class Member {
  private Member() {}

  /**
   * Runs the service of the given name.
   *
   * @param arguments the service's name
   */
  public static void main(String[] arguments) {
    Thread watch = new Thread(Member::endWithTheLauncher, "launcher-watch");
    watch.setDaemon(true);
    watch.start();
    switch (arguments[0]) {
      case "auth" -> org.tradepost.auth.Main.main(arguments);
      case "product" -> org.tradepost.product.Main.main(arguments);
      case "order" -> org.tradepost.order.Main.main(arguments);
      case "gateway" -> org.tradepost.gateway.Main.main(arguments);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /**
   * The launcher holds the other end of the standard input; however it ends, that end is closed.
   */
  private static void endWithTheLauncher() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The pipe is broken, which means the same as its end.
    }
    System.exit(0);
  }
}
