package org.tradepost.platform.telemetry.logging;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;

/** Registers {@link LoggingContext} with Vert.x, whose contexts have no room for it later on. */
public final class LoggingContextProvider implements VertxServiceProvider {

  @Override
  public void init(VertxBootstrap bootstrap) {
    LoggingContext.register();
  }
}
