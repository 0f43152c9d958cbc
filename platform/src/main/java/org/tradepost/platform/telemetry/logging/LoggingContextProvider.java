package org.tradepost.platform.telemetry.logging;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;

/** Registers {@link LoggingContext} before contexts exist, which accept no locals later. */
public final class LoggingContextProvider implements VertxServiceProvider {

  @Override
  public void init(VertxBootstrap bootstrap) {
    LoggingContext.register();
  }
}
