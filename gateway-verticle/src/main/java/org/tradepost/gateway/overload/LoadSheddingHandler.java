package org.tradepost.gateway.overload;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tradepost.gateway.connection.ConnectionContext;

/**
 * Stands on one connection between Netty, which reads requests, and Vert.x, and answers those that
 * are turned away; Vert.x never sees them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection.
public final class LoadSheddingHandler extends ChannelInboundHandlerAdapter {

  private final LoadShedding shedding;
  private final BooleanSupplier mayAnswer;
  private final Runnable answered;
  private boolean skipping;
  private boolean unflushed;

  private LoadSheddingHandler(LoadShedding shedding, BooleanSupplier mayAnswer, Runnable answered) {
    this.shedding = shedding;
    this.mayAnswer = mayAnswer;
    this.answered = answered;
  }

  /**
   * Starts to inspect the requests of a connection that was just opened.
   *
   * @param mayAnswer whether the next request may be answered here: not before all earlier ones, or
   *     answers would overtake each other
   * @param answered is run after each answer that is given here
   */
  public static void watch(
      HttpConnection connection,
      LoadShedding shedding,
      BooleanSupplier mayAnswer,
      Runnable answered) {
    var pipeline = ConnectionContext.of(connection).pipeline();
    // Behind what closes idle connections: one on which all is turned away is not idle.
    pipeline.addAfter(
        pipeline.context(IdleStateHandler.class).name(),
        "load shedding",
        new LoadSheddingHandler(shedding, mayAnswer, answered));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      // While the client does not read its answers, Vert.x gets the request, and then reads no
      // more.
      var answer =
          mayAnswer.getAsBoolean() && isWritable(context)
              ? shedding.answer(request, context.alloc())
              : Optional.<ByteBuf>empty();
      if (answer.isPresent()) {
        skipping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
        answer(context, answer.get());
        return;
      }
    } else if (skipping && message instanceof HttpContent content) {
      skipping = !(content instanceof LastHttpContent);
      content.release();
      return;
    }
    context.fireChannelRead(message);
  }

  /** Whether the client has read most of the answers that it could read by now. */
  private boolean isWritable(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      flush(context);
    }
    return context.channel().isWritable();
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
    flush(context);
    context.fireChannelReadComplete();
  }

  private void flush(ChannelHandlerContext context) {
    if (unflushed) {
      unflushed = false;
      context.flush();
    }
  }
}
