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
 * Decodes requests as Vert.x does, but rejects those with both {@code Content-Length} and {@code
 * Transfer-Encoding} (RFC 9112, 6.3): a proxy in front of the gateway may have used the other one.
 * Also tells which part of a request is arriving. Only this class uses the internal decoder of
 * Vert.x.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

  /** The part of a request that is arriving, if any. */
  enum Part {
    NONE,
    HEAD,
    BODY
  }

  private Part part = Part.NONE;

  private RequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Replaces the decoder of Vert.x on a connection from which nothing has been read. */
  static void install(ChannelPipeline pipeline, HttpServerOptions options) {
    var own = pipeline.context(HttpRequestDecoder.class).name();
    pipeline.replace(own, own, new RequestDecoder(options));
  }

  /** Returns which part of a request is still arriving on a connection. */
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

  /** Notes that the request line is here, since the bytes of a head are consumed line by line. */
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
