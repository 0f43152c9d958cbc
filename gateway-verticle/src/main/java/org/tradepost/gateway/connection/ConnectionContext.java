package org.tradepost.gateway.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The context of Vert.x in the Netty pipeline of a connection, which the API of Vert.x does not
 * expose. Only this class uses Vert.x internals for this.
 */
public final class ConnectionContext {

  private ConnectionContext() {}

  public static ChannelHandlerContext of(HttpConnection connection) {
    return ((ConnectionBase) connection).channelHandlerContext();
  }

  /**
   * Sets how many bytes may be unsent on a connection before writes are held back. Writes resume
   * once half of them are left.
   */
  public static void limitUnsent(HttpConnection connection, int bytes) {
    of(connection)
        .channel()
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / 2, bytes));
  }

  /** Whether writes to a connection are held back. */
  public static boolean isFull(HttpConnection connection) {
    return !of(connection).channel().isWritable();
  }

  /**
   * Ends a connection at once and discards what is still to be sent. A normal close would wait
   * forever for a client that does not read. May be called on any thread.
   */
  public static void abort(HttpConnection connection) {
    var context = of(connection);
    if (context.executor().inEventLoop()) {
      abort(context);
    } else {
      context.executor().execute(() -> abort(context));
    }
  }

  /** Ends the connection of a pipeline context at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for the close.
  static void abort(ChannelHandlerContext context) {
    if (context.channel().isOpen()) {
      // The kernel discards its unsent data too.
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
    }
  }
}
