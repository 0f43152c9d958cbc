package org.tradepost.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection in two steps: first its output, then, after a moment in which it reads and
 * discards what follows, its input. Closing both at once could lose the last response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure ends the connection.
final class LingeringClose {

  private static final long LINGER_MILLIS = 1_000;

  private boolean started;

  void start(ChannelHandlerContext context, ChannelPromise promise) {
    var channel = context.channel();
    if (started) {
      channel.closeFuture().addListener(closed -> promise.trySuccess());
      return;
    }
    started = true;
    channel.config().setAutoRead(true);
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(context));
    channel
        .eventLoop()
        .schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext context) {
    if (context.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      if (duplex.isInputShutdown()) {
        context.close();
      } else {
        duplex.shutdownOutput();
      }
    }
  }

  /** Closes the connection if its output is shut down, since nothing more follows. */
  static void inputEnded(ChannelHandlerContext context) {
    if (context.channel() instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
      context.close();
    }
  }
}
