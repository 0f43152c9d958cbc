package org.tradepost.platform.telemetry.logging;

import java.util.Optional;

/**
 * The process that writes a log.
 *
 * @param service the service that runs in it
 * @param node the name of its node
 * @param version the version of Tradepost; empty when it does not run from a jar
 */
record LoggingIdentity(String service, String node, String version) {

  private static volatile LoggingIdentity current = new LoggingIdentity("", "", "");

  static LoggingIdentity current() {
    return current;
  }

  /** See {@link Logging#start}. */
  static void set(String service, String node) {
    var version =
        Optional.ofNullable(LoggingIdentity.class.getPackage().getImplementationVersion());
    current = new LoggingIdentity(service, node, version.orElse(""));
  }
}
