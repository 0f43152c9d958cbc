package org.tradepost.launcher.cli;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps a few older log files beside the newest, see {@link RotatedLog}. Logback's own policies
 * treat the path as a pattern, in which percent signs and braces are special.
 */
public final class LogRolling extends ContextAwareBase implements RollingPolicy {
  static final String FILE = "tradepost.log";

  private boolean started;

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

  @Override
  public CompressionMode getCompressionMode() {
    return CompressionMode.NONE;
  }

  @Override
  public void setParent(FileAppender<?> appender) {
    // The appender asks this policy for the file name; this policy needs nothing from the appender.
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void stop() {
    started = false;
  }

  @Override
  public boolean isStarted() {
    return started;
  }
}
