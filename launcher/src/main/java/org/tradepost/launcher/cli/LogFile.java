package org.tradepost.launcher.cli;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log of the services to a file and keeps it off the terminal. */
public final class LogFile {
  private LogFile() {}

  /** Must be called before any logger is created; an operator's configuration has priority. */
  public static void use(Path file) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(LogRolling.FILE, file.toString());
      System.setProperty("logback.configurationFile", "org/tradepost/launcher/cli/logback-up.xml");
    }
    // Initialises logging now, because several threads are about to log for the first time.
    LoggerFactory.getILoggerFactory();
  }
}
