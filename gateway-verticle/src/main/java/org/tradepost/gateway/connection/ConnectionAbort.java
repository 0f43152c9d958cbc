package org.tradepost.gateway.connection;

import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;

/**
 * Ends a connection at once, with all that is still to be sent on it. Closing it would wait for
 * ever behind what a reader does not take.
 */
public final class ConnectionAbort {

  private ConnectionAbort() {}

  @SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for it.
  public static void abort(HttpConnection connection) {
    var context = ConnectionContext.of(connection);
    // The kernel is not to keep it either.
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }
}
