package org.tradepost.benchmarks.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A client with its own persistent HTTP/1.1 connection. It checks no future, because a failure
 * closes the connection, which ends the request.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> implements Client {
  private static final long CLOSED_MILLIS = 10;

  private final Channel channel;
  private final LoadRequest.Source source;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private LoadRequest request;
  private Consumer<Optional<String>> responded;
  private int status;
  private boolean closeAnnounced;

  HttpConnection(Channel channel, LoadRequest.Source source) {
    this.channel = channel;
    this.source = source;
  }

  @Override
  public void send(Consumer<Optional<String>> responded) {
    if (channel.eventLoop().inEventLoop()) {
      sendHere(responded);
    } else {
      channel.eventLoop().execute(() -> sendHere(responded));
    }
  }

  private void sendHere(Consumer<Optional<String>> responded) {
    this.responded = responded;
    if (!channel.isActive()) {
      // Delayed, because the caller sends its next request at once.
      channel.eventLoop().schedule(this::respondClosed, CLOSED_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    request = source.next();
    channel.writeAndFlush(Unpooled.wrappedBuffer(request.bytes()), channel.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpResponse response) {
      status = response.status().code();
      closeAnnounced = !HttpUtil.isKeepAlive(response);
      body.reset();
    }
    if (part instanceof HttpContent content) {
      try {
        content.content().readBytes(body, content.content().readableBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (part instanceof LastHttpContent) {
        respond(request.check().fault(status, body.toByteArray()));
      }
    }
  }

  private void respond(Optional<String> fault) {
    var waiting = responded;
    responded = null;
    waiting.accept(fault);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (responded != null) {
      respondClosed();
    }
  }

  private void respondClosed() {
    respond(Optional.of("the connection was closed before an answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** Whether it can send another request: it is open, and the last response was keep-alive. */
  boolean isUsable() {
    return channel.isActive() && !closeAnnounced;
  }

  void close() {
    channel.close().awaitUninterruptibly();
  }
}
