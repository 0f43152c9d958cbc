package org.tradepost.launcher.cli;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps a few older log files beside the newest, see {@link RotatedLog}. Logback's own policies
 * treat the path as a pattern, in which percent signs and braces are special.
 */
public final class LogRolling extends RollingPolicyBase {
  static final String FILE = "tradepost.log";

  @Override
  public String getActiveFileName() {
    return System.getProperty(FILE);
  }

  @Override
  public void rollover() {
    try {
      new RotatedLog(Path.of(getActiveFileName())).rotate();
    } catch (IOException e) {
      throw new RolloverFailure("cannot rename " + getActiveFileName(), e);
    }
  }
}
