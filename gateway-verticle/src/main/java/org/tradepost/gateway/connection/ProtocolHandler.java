package org.tradepost.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
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
import org.tradepost.common.error.ServiceException;

/**
 * Stands on one connection between Netty, which reads requests, and Vert.x, and sees to what
 * neither does: that every answer has its date, and that what is not HTTP gets an answer that
 * arrives before the connection ends.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection.
public final class ProtocolHandler extends ChannelDuplexHandler {

  private final LingeringClose lingering = new LingeringClose();
  private final WaitingRequests.OfConnection waiting;
  private int pending;
  private boolean broken;

  private ProtocolHandler(WaitingRequests.OfConnection waiting) {
    this.waiting = waiting;
  }

  /**
   * To be called before anything was read of a connection.
   *
   * @param waiting bounds the requests that wait for the answers to earlier ones
   */
  public static ProtocolHandler watch(
      HttpConnection connection, HttpServerOptions options, WaitingRequests waiting) {
    var vertx = ConnectionContext.of(connection);
    // A request that breaks off is answered.
    vertx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    RequestDecoder.install(vertx.pipeline(), options);
    var own = new ProtocolHandler(waiting.of(vertx));
    vertx.pipeline().addBefore(vertx.name(), "incomplete requests", new IncompleteRequests(own));
    vertx.pipeline().addBefore(vertx.name(), "protocol", own);
    return own;
  }

  /** Whether the body of the request that is being served ended in what is not HTTP. */
  public static boolean isBroken(HttpConnection connection) {
    var own = ConnectionContext.of(connection).pipeline().get(ProtocolHandler.class);
    // There is none once the connection is closed.
    return own != null && own.broken && own.pending <= 1;
  }

  /** Whether there was what is not HTTP, so that nothing more is read. */
  boolean isBroken() {
    return broken;
  }

  /** Whether a request has come that is not answered yet. */
  boolean isServing() {
    return pending > 0;
  }

  /** Whether the next request may be answered before it gets here: no answer is due on the way. */
  public boolean isIdle() {
    return pending == 0 && !broken;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      if (pending > 0) {
        waiting.add(request);
      }
      pending++;
      check(request);
      context.fireChannelRead(message);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      content.release();
      breakOff(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.clear();
    context.fireChannelInactive();
  }

  /** Ends the body that is coming. */
  private void breakOff(ChannelHandlerContext context) {
    broken = true;
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    if (pending == 0) {
      close(context, context.newPromise());
    }
  }

  /** Vert.x passes the request to the handler of invalid requests when its turn comes. */
  private void check(HttpRequest request) {
    if (request.decoderResult().isSuccess()) {
      try {
        RequestHead.accept(request);
        return;
      } catch (ServiceException fault) {
        request.setDecoderResult(DecoderResult.failure(fault));
      }
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
      waiting.removeFirst();
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
    if (broken && pending == 0) {
      lingering.start(context, promise);
    } else {
      context.close(promise);
    }
  }
}
