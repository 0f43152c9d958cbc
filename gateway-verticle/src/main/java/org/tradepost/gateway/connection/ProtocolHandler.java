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
 * Sits between Netty's decoder and Vert.x in the pipeline of a connection. Adds the date to every
 * response, and makes sure that the response to malformed HTTP arrives before the connection is
 * closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure ends the connection.
public final class ProtocolHandler extends ChannelDuplexHandler {

  private final LingeringClose lingering = new LingeringClose();
  private final PipelinedRequests.OfConnection pipelined;
  private int pending;
  private boolean broken;

  private ProtocolHandler(PipelinedRequests.OfConnection pipelined) {
    this.pipelined = pipelined;
  }

  /**
   * Installs a handler on a connection from which nothing has been read.
   *
   * @param pipelined bounds the pipelined requests
   */
  public static ProtocolHandler watch(
      HttpConnection connection, HttpServerOptions options, PipelinedRequests pipelined) {
    var vertx = ConnectionContext.of(connection);
    // Without this, a request that breaks off could not be answered.
    vertx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    RequestDecoder.install(vertx.pipeline(), options);
    var own = new ProtocolHandler(pipelined.of(vertx));
    vertx.pipeline().addBefore(vertx.name(), "incomplete requests", new IncompleteRequests(own));
    vertx.pipeline().addBefore(vertx.name(), "protocol", own);
    return own;
  }

  /** Whether the body of the request that is being served ended in malformed HTTP. */
  public static boolean isBroken(HttpConnection connection) {
    var own = ConnectionContext.of(connection).pipeline().get(ProtocolHandler.class);
    // There is none after the connection is closed.
    return own != null && own.broken && own.pending <= 1;
  }

  /** Whether malformed HTTP was received, so that nothing more is read. */
  boolean isBroken() {
    return broken;
  }

  /** Whether a request has arrived that is not answered yet. */
  boolean isServing() {
    return pending > 0;
  }

  /** Whether no response is due, so that the next request may be answered before it gets here. */
  public boolean isIdle() {
    return pending == 0 && !broken;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      if (pending > 0) {
        pipelined.add(request);
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
    pipelined.clear();
    context.fireChannelInactive();
  }

  /** Ends the body that is arriving. */
  private void breakOff(ChannelHandlerContext context) {
    broken = true;
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    if (pending == 0) {
      close(context, context.newPromise());
    }
  }

  /** Marks an invalid request, which Vert.x passes to its invalid request handler in turn. */
  private void check(HttpRequest request) {
    if (request.decoderResult().isSuccess()) {
      try {
        RequestHead.accept(request);
        return;
      } catch (ServiceException fault) {
        request.setDecoderResult(DecoderResult.failure(fault));
      }
    }
    // Otherwise the response would have the version that the request names.
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
      pipelined.removeFirst();
    }
    context.write(message, promise);
    if (message instanceof LastHttpContent && broken && pending == 0) {
      close(context, context.newPromise());
    }
  }

  /** Whether a response is an interim one, such as {@code 100 Continue}. */
  private static boolean isInformational(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Closes in two steps if malformed HTTP was received. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (broken && pending == 0) {
      lingering.start(context, promise);
    } else {
      context.close(promise);
    }
  }
}
