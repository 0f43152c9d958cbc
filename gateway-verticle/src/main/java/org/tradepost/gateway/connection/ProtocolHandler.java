package org.tradepost.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.connection.RequestDecoder.Part;

/**
 * Stands on one connection between Netty, which reads requests, and Vert.x, and sees to what
 * neither does: that every answer has its date, and that what is not HTTP gets an answer that
 * arrives before the connection ends.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection.
public final class ProtocolHandler extends ChannelDuplexHandler {

  static final String NAME = "protocol";

  private final LingeringClose lingering = new LingeringClose();
  private int pending;
  private boolean broken;

  private ProtocolHandler() {}

  /** To be called before anything was read of a connection. */
  public static void watch(HttpConnection connection, HttpServerOptions options) {
    var vertx = ConnectionContext.of(connection);
    // A request that breaks off is answered.
    vertx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    RequestDecoder.install(vertx.pipeline(), options);
    vertx.pipeline().addBefore(vertx.name(), NAME, new ProtocolHandler());
  }

  /** Whether the body of the request that is being served ended in what is not HTTP. */
  public static boolean isBroken(HttpConnection connection) {
    var own = ConnectionContext.of(connection).pipeline().get(ProtocolHandler.class);
    // There is none once the connection is closed.
    return own != null && own.broken && own.pending <= 1;
  }

  /** Ends a connection on which no request came in time; one whose head has begun is refused. */
  static void timeOut(HttpConnection connection) {
    var context = ConnectionContext.of(connection).pipeline().context(ProtocolHandler.class);
    if (context == null || !((ProtocolHandler) context.handler()).timeOut(context)) {
      ConnectionAbort.abort(connection);
    }
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
      content.release();
      breakOff(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Ends the body that is coming. */
  private void breakOff(ChannelHandlerContext context) {
    broken = true;
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    if (pending == 0) {
      close(context, context.newPromise());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded(context);
    } else if (!(event instanceof IdleStateEvent && (timeOut(context) || isBodyAwaited(context)))) {
      context.fireUserEventTriggered(event);
    }
  }

  /** A body has a timeout of its own, whose answer is 408. */
  private boolean isBodyAwaited(ChannelHandlerContext context) {
    return pending > 0 && RequestDecoder.coming(context.pipeline()) == Part.BODY;
  }

  private boolean timeOut(ChannelHandlerContext context) {
    return pending == 0 && refuseHead(context, new ServiceException(HttpError.REQUEST_TIMEOUT));
  }

  /** The client sends nothing more; of whole requests alone it has hung up. */
  private void inputEnded(ChannelHandlerContext context) {
    if (broken) {
      lingering.inputEnded(context);
    } else if (isBodyAwaited(context)) {
      breakOff(context);
      context.fireChannelReadComplete();
    } else if (!refuseHead(context, new PrematureChannelClosureException())) {
      context.close();
    }
  }

  /** Answers the request of which a part of the head is here, if there is one. */
  private boolean refuseHead(ChannelHandlerContext context, Exception cause) {
    if (broken || RequestDecoder.coming(context.pipeline()) != Part.HEAD) {
      return false;
    }
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
    request.setDecoderResult(DecoderResult.failure(cause));
    channelRead(context, request);
    context.fireChannelReadComplete();
    return true;
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
    if (broken && pending == 0) {
      lingering.start(context, promise);
    } else {
      context.close(promise);
    }
  }
}
