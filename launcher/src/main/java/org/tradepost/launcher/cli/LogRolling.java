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
 * take the path for a pattern, in which a percent sign or a brace means something.
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
    // It asks for the name of its file; nothing else is between them.
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
