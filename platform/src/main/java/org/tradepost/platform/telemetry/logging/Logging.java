package org.tradepost.platform.telemetry.logging;

import org.tradepost.platform.config.Settings;

/** Sets up the log of a process. */
public final class Logging {

  private Logging() {}

  /**
   * Adds the names of the process to the lines that follow. The format has been in effect since the
   * first logger was created.
   *
   * @throws Settings.WrongSetting when there is no such format
   */
  public static void start(String service, String node, Settings settings) {
    LogFormat.of(settings);
    LoggingIdentity.set(service, node);
  }
}
