package org.tradepost.launcher.cli;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log of the services to a file and keeps it off the terminal. */
public final class LogFile {
  private LogFile() {}

  /** Takes effect before the first logger is created, unless the operator configured logging. */
  public static void use(Path file) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(LogRolling.FILE, file.toString());
      System.setProperty("logback.configurationFile", "org/tradepost/launcher/cli/logback-up.xml");
    }
    // Several threads are about to log for the first time, so logging is prepared once for all.
    LoggerFactory.getILoggerFactory();
  }
}
