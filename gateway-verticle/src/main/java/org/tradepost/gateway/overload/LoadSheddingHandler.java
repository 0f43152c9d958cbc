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
 * Sits between Netty's decoder and Vert.x in the pipeline of a connection, and answers requests
 * that are rejected for overload; Vert.x never sees them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure ends the connection.
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
   * @param mayAnswer whether the next request may be answered here: only after all earlier ones, so
   *     that responses stay in order
   * @param answered runs after each response that is sent here
   */
  public static void watch(
      HttpConnection connection,
      LoadShedding shedding,
      BooleanSupplier mayAnswer,
      Runnable answered) {
    var pipeline = ConnectionContext.of(connection).pipeline();
    // After the idle handler, so that a connection with only rejected requests is not idle.
    pipeline.addAfter(
        pipeline.context(IdleStateHandler.class).name(),
        "load shedding",
        new LoadSheddingHandler(shedding, mayAnswer, answered));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      // While the client does not read its responses, passes the request to Vert.x, which then
      // stops reading.
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

  /** Whether the client has read most of the responses so far; flushes them first if necessary. */
  private boolean isWritable(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      flush(context);
    }
    return context.channel().isWritable();
  }

  /** Writes past the encoder, which does not know about this response. */
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
