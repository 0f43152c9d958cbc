package org.tradepost.platform.telemetry.logging;

import org.tradepost.platform.config.Settings;

/** The log of a process. */
public final class Logging {

  private Logging() {}

  /**
   * Names the process in the lines that follow. The format takes effect before that, with the first
   * logger.
   *
   * @throws Settings.WrongSetting when there is no such format
   */
  public static void start(String service, String node, Settings settings) {
    LogFormat.of(settings);
    LoggingIdentity.set(service, node);
  }
}
