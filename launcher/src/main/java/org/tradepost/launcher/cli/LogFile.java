package org.tradepost.launcher.cli;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends what the services log to a file, so that the terminal is left to the command. */
public final class LogFile {
  private LogFile() {}

  /** Takes effect if it comes before the first logger, and unless the operator chose otherwise. */
  public static void use(Path file) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(LogRolling.FILE, file.toString());
      System.setProperty("logback.configurationFile", "org/tradepost/launcher/cli/logback-up.xml");
    }
    // Several threads are about to log for the first time, and one must prepare it for all.
    LoggerFactory.getILoggerFactory();
  }
}
