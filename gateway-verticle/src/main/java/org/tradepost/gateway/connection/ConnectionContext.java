package org.tradepost.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
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
}
