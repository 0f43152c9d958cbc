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
 * A client on an HTTP/1.1 connection of its own, which stays open. What fails ends the connection,
 * and so the question, so no future is looked at.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> implements Client {
  private static final long CLOSED_MILLIS = 10;

  private final Channel channel;
  private final LoadRequest.Source source;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private LoadRequest question;
  private Consumer<Optional<String>> answered;
  private int status;
  private boolean leaving;

  HttpConnection(Channel channel, LoadRequest.Source source) {
    this.channel = channel;
    this.source = source;
  }

  @Override
  public void ask(Consumer<Optional<String>> answered) {
    if (channel.eventLoop().inEventLoop()) {
      askHere(answered);
    } else {
      channel.eventLoop().execute(() -> askHere(answered));
    }
  }

  private void askHere(Consumer<Optional<String>> answered) {
    this.answered = answered;
    if (!channel.isActive()) {
      // Later, for whoever is told will ask again.
      channel.eventLoop().schedule(this::answerClosed, CLOSED_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    question = source.next();
    channel.writeAndFlush(Unpooled.wrappedBuffer(question.bytes()), channel.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpResponse response) {
      status = response.status().code();
      leaving = !HttpUtil.isKeepAlive(response);
      body.reset();
    }
    if (part instanceof HttpContent content) {
      try {
        content.content().readBytes(body, content.content().readableBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (part instanceof LastHttpContent) {
        answer(question.check().fault(status, body.toByteArray()));
      }
    }
  }

  private void answer(Optional<String> fault) {
    Consumer<Optional<String>> waiting = answered;
    answered = null;
    waiting.accept(fault);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (answered != null) {
      answerClosed();
    }
  }

  private void answerClosed() {
    answer(Optional.of("the connection was closed before an answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** Whether it may be asked once more: it is open, and the last answer did not say otherwise. */
  boolean isUsable() {
    return channel.isActive() && !leaving;
  }

  void close() {
    channel.close().awaitUninterruptibly();
  }
}
