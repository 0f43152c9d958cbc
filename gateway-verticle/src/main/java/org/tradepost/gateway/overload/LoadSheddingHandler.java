package org.tradepost.gateway.overload;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import org.tradepost.gateway.connection.ConnectionContext;
import org.tradepost.gateway.connection.ConnectionDrain;

/**
 * Stands on one connection between Netty, which reads requests, and Vert.x, and answers those that
 * are turned away; Vert.x never sees them. A request that comes before the last answer has been
 * given passes, or answers would overtake each other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection.
public final class LoadSheddingHandler extends ChannelDuplexHandler {

  private final LoadShedding shedding;
  private final ConnectionDrain drain;
  private final Runnable answered;
  private int pending;
  private boolean skipping;
  private boolean unflushed;

  private LoadSheddingHandler(LoadShedding shedding, ConnectionDrain drain, Runnable answered) {
    this.shedding = shedding;
    this.drain = drain;
    this.answered = answered;
  }

  /**
   * Starts to inspect the requests of a connection that was just opened.
   *
   * @param answered is run after each answer that is given here
   */
  public static void watch(
      HttpConnection connection, LoadShedding shedding, ConnectionDrain drain, Runnable answered) {
    var pipeline = ConnectionContext.of(connection).pipeline();
    // Behind what closes idle connections: one on which all is turned away is not idle.
    pipeline.addAfter(
        pipeline.context(IdleStateHandler.class).name(),
        "load shedding",
        new LoadSheddingHandler(shedding, drain, answered));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      var answer =
          pending == 0 && !drain.isDraining() ? shedding.answer(request, context.alloc()) : null;
      if (answer != null) {
        skipping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
        answer(context, answer);
        return;
      }
      pending++;
    } else if (skipping && message instanceof HttpContent content) {
      skipping = !(content instanceof LastHttpContent);
      content.release();
      return;
    }
    context.fireChannelRead(message);
  }

  /** Past the encoder, which knows nothing of it. */
  private void answer(ChannelHandlerContext context, ByteBuf answer) {
    var encoder = context.pipeline().context(HttpResponseEncoder.class);
    encoder.write(answer, encoder.voidPromise());
    unflushed = true;
    answered.run();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (unflushed) {
      unflushed = false;
      context.flush();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInformational(message)) {
      pending--;
    }
    context.write(message, promise);
  }

  /** An answer before the answer, such as {@code 100 Continue}. */
  private static boolean isInformational(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
