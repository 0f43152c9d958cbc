package org.tradepost.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * Stands on one connection between Netty, which reads requests, and Vert.x, and sees to what
 * neither does: that every answer has its date, and that what is not HTTP gets an answer that
 * arrives before the connection ends.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection.
public final class ProtocolHandler extends ChannelDuplexHandler {

  static final String NAME = "protocol";

  /** For how long is read and thrown away what follows; to close at once could lose the answer. */
  private static final long LINGER_MILLIS = 1_000;

  private int pending;
  private boolean broken;
  private boolean closing;

  private ProtocolHandler() {}

  /** To be called before anything was read of a connection. */
  public static void watch(HttpConnection connection, HttpServerOptions options) {
    var vertx = ConnectionContext.of(connection);
    RequestDecoder.install(vertx.pipeline(), options);
    vertx.pipeline().addBefore(vertx.name(), NAME, new ProtocolHandler());
  }

  /** Whether the body of the request that is being served ended in what is not HTTP. */
  public static boolean isBroken(HttpConnection connection) {
    var own = ConnectionContext.of(connection).pipeline().get(ProtocolHandler.class);
    // There is none once the connection is closed.
    return own != null && own.broken && own.pending <= 1;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      pending++;
      check(request);
      context.fireChannelRead(message);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      broken = true;
      content.release();
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
      if (pending == 0) {
        close(context, context.newPromise());
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Vert.x passes the request to the handler of invalid requests when its turn comes. */
  private void check(HttpRequest request) {
    if (request.decoderResult().isSuccess()) {
      var fault = RequestHead.fault(request);
      if (fault == null) {
        RequestHead.simplify(request);
        return;
      }
      request.setDecoderResult(DecoderResult.failure(fault));
    }
    // Or it would be answered in the version that it names.
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    broken = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      if (isInformational(response)) {
        context.write(message, promise);
        return;
      }
      response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
      if (broken && pending == 1) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (message instanceof LastHttpContent) {
      pending--;
    }
    context.write(message, promise);
    if (message instanceof LastHttpContent && broken && pending == 0) {
      close(context, context.newPromise());
    }
  }

  /** An answer before the answer, such as {@code 100 Continue}. */
  private static boolean isInformational(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** A connection on which there was what is not HTTP is closed on one side first. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!broken || pending > 0) {
      context.close(promise);
      return;
    }
    if (closing) {
      context.channel().closeFuture().addListener(closed -> promise.trySuccess());
      return;
    }
    closing = true;
    var channel = context.channel();
    channel.config().setAutoRead(true);
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(channel));
    channel
        .eventLoop()
        .schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void endOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      duplex.shutdownOutput();
    }
  }
}
