package org.tradepost.platform.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import org.tradepost.platform.config.Settings;

/** Writes lines in the configured format; named in logback's configuration files. */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

  private final EncoderBase<ILoggingEvent> lines = format().encoder();

  private static LogFormat format() {
    try {
      return LogFormat.of(Settings.fromEnvironment());
    } catch (Settings.WrongSetting wrong) {
      // Logging.start reports this.
      return LogFormat.TEXT;
    }
  }

  @Override
  public void start() {
    lines.setContext(context);
    lines.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return lines.encode(event);
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }
}
