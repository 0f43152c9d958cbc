package org.tradepost.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
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
   * Sets how many bytes may be unsent on a connection until what is written to it is held back; it
   * is held back until half of them are left.
   */
  public static void limitUnsent(HttpConnection connection, int bytes) {
    of(connection)
        .channel()
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / 2, bytes));
  }

  /** Whether what is written to a connection is held back. */
  public static boolean isFull(HttpConnection connection) {
    return !of(connection).channel().isWritable();
  }

  /**
   * Ends a connection at once, with all that is still to be sent on it. Closing it would wait for
   * ever behind what a reader does not take. May be called on any thread.
   */
  public static void abort(HttpConnection connection) {
    var context = of(connection);
    if (context.executor().inEventLoop()) {
      abort(context);
    } else {
      context.executor().execute(() -> abort(context));
    }
  }

  /** Ends the connection in whose pipeline Vert.x has this place. */
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for it.
  static void abort(ChannelHandlerContext context) {
    if (context.channel().isOpen()) {
      // The kernel is not to keep it either.
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
    }
  }
}
