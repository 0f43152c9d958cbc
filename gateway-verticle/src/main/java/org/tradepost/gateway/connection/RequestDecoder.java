package org.tradepost.gateway.connection;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests as Vert.x does, but refuses one that says in two ways where its body ends (RFC
 * 9112, 6.3): a proxy in front of the gateway may have used the other one. Reaches into an
 * implementation class for it, here alone.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

  private RequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Takes the place of Vert.x's own on a connection on which nothing was read yet. */
  static void install(ChannelPipeline pipeline, HttpServerOptions options) {
    var own = pipeline.context(HttpRequestDecoder.class).name();
    pipeline.replace(own, own, new RequestDecoder(options));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
  }
}
