package org.tradepost.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Reads requests as Vert.x does, but refuses one that says in two ways where its body ends (RFC
 * 9112, 6.3): a proxy in front of the gateway may have used the other one. Also tells which part of
 * a request has begun to come. Reaches into an implementation class for it, here alone.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

  /** The part of a request of which some is here and some is not. */
  enum Part {
    NONE,
    HEAD,
    BODY
  }

  private Part part = Part.NONE;

  private RequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Takes the place of Vert.x's own on a connection on which nothing was read yet. */
  static void install(ChannelPipeline pipeline, HttpServerOptions options) {
    var own = pipeline.context(HttpRequestDecoder.class).name();
    pipeline.replace(own, own, new RequestDecoder(options));
  }

  /** Which part of a request is still coming on a connection. */
  static Part coming(ChannelPipeline pipeline) {
    return pipeline.get(RequestDecoder.class).part;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    super.decode(context, in, out);
    if (!out.isEmpty()) {
      part = out.get(out.size() - 1) instanceof LastHttpContent ? Part.NONE : Part.BODY;
    } else if (part == Part.NONE && in.isReadable()) {
      part = Part.HEAD;
    }
  }

  /** The request line is here; the bytes of the head are consumed line by line. */
  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    part = Part.HEAD;
    return super.createMessage(initialLine);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
  }
}
