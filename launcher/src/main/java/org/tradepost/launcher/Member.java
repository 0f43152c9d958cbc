package org.tradepost.launcher;

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
    ServiceMain.run(arguments[0], verticle(arguments[0]));
  }

  /** Made as each service's own {@code Main} makes it. */
  private static BiFunction<ClusterNode, Settings, Deployable> verticle(String service) {
    return switch (service) {
      case "auth" -> (node, settings) -> new AuthVerticle(node, AuthConfig.from(settings));
      case "product" -> (node, settings) -> new ProductVerticle(node, ProductConfig.from(settings));
      case "order" -> (node, settings) -> new OrderVerticle(node, OrderConfig.from(settings));
      case "gateway" -> (node, settings) -> new GatewayVerticle(node, GatewayConfig.from(settings));
      default -> throw new IllegalArgumentException(service);
    };
  }

  /**
   * The launcher holds the other end of the standard input; however it ends, that end is closed.
   */
  private static void endWithTheLauncher() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The pipe is broken, which tells the same as its end.
    }
    System.exit(0);
  }
}
