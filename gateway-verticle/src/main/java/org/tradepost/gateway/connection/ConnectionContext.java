package org.tradepost.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The place of Vert.x in the Netty pipeline of a connection, which Vert.x does not show. Reaches
 * into an implementation class for it, here alone.
 */
public final class ConnectionContext {

  private ConnectionContext() {}

  public static ChannelHandlerContext of(HttpConnection connection) {
    return ((ConnectionBase) connection).channelHandlerContext();
  }

  /**
   * Ends a connection at once, with all that is still to be sent on it. Closing it would wait for
   * ever behind what a reader does not take.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for it.
  public static void abort(HttpConnection connection) {
    var context = of(connection);
    // The kernel is not to keep it either.
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    context.close();
  }
}
