package org.tradepost.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.vertx.core.http.HttpConnection;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.connection.RequestDecoder.Part;

/**
 * Precedes the {@link ProtocolHandler} in a connection's pipeline. If the client has ended its
 * output or takes too long, passes on a failed part instead of the rest, so that the request is
 * rejected.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure ends the connection.
final class IncompleteRequests extends ChannelInboundHandlerAdapter {

  private final ProtocolHandler protocol;

  IncompleteRequests(ProtocolHandler protocol) {
    this.protocol = protocol;
  }

  /** Ends a connection on which no request arrived in time; rejects an incomplete request head. */
  static void timeOut(HttpConnection connection) {
    var context = ConnectionContext.of(connection).pipeline().context(IncompleteRequests.class);
    // There is none after the connection is closed.
    if (context == null || !((IncompleteRequests) context.handler()).timeOut(context)) {
      ConnectionContext.abort(connection);
    }
  }

  /** Ignores idleness while a request is being served, which has its own timeouts (408 and 503). */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded(context);
    } else if (!(event instanceof IdleStateEvent && (protocol.isServing() || timeOut(context)))) {
      context.fireUserEventTriggered(event);
    }
  }

  private boolean isBodyAwaited(ChannelHandlerContext context) {
    return protocol.isServing() && RequestDecoder.coming(context.pipeline()) == Part.BODY;
  }

  private boolean timeOut(ChannelHandlerContext context) {
    return !protocol.isServing()
        && rejectHead(context, new ServiceException(HttpError.REQUEST_TIMEOUT));
  }

  /** Handles the end of the client's output: if no request is incomplete, it has hung up. */
  private void inputEnded(ChannelHandlerContext context) {
    if (protocol.isBroken()) {
      LingeringClose.inputEnded(context);
    } else if (isBodyAwaited(context)) {
      var brokenOff = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
      reject(context, brokenOff, new PrematureChannelClosureException());
    } else if (!rejectHead(context, new PrematureChannelClosureException())) {
      context.close();
    }
  }

  /** Rejects the request whose head has arrived in part, if there is one. */
  private boolean rejectHead(ChannelHandlerContext context, Exception cause) {
    if (protocol.isBroken() || RequestDecoder.coming(context.pipeline()) != Part.HEAD) {
      return false;
    }
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
    reject(context, request, cause);
    return true;
  }

  private static void reject(ChannelHandlerContext context, HttpObject part, Exception cause) {
    part.setDecoderResult(DecoderResult.failure(cause));
    context.fireChannelRead(part);
    context.fireChannelReadComplete();
  }
}
