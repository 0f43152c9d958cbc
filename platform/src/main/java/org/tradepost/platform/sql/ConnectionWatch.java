package org.tradepost.platform.sql;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.codec.InvalidCachedStatementEvent;
import io.vertx.sqlclient.internal.SqlConnectionBase;
import io.vertx.sqlclient.internal.command.CommandBase;
import io.vertx.sqlclient.internal.command.CommandResponse;
import io.vertx.sqlclient.internal.command.PrepareStatementCommand;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Watches one connection between the driver's codec and its user: closes it when nothing is
 * answered any more or when its server takes no writes, and lets it prepare anew what became stale.
 *
 * <p>The driver itself waits for an answer for good, and can close a connection only by asking the
 * server to. Each command that passes here is answered by exactly one response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here ends the connection.
final class ConnectionWatch extends ChannelDuplexHandler {

  /** Longer than what the server itself lets a statement take. */
  static final int LONGEST_SILENCE_SECONDS = 5;

  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(LONGEST_SILENCE_SECONDS);

  /** A server that stays read-only is not connected to for each write that it refuses. */
  private static final long SHORTEST_LIFE = TimeUnit.SECONDS.toNanos(5);

  private static final int IDLE_SECONDS = 10;
  private static final int PROBE_SECONDS = 3;
  private static final int PROBES = 3;

  private final DatabaseFailures trouble;
  private final Set<String> kept = new HashSet<>();
  private final long begin = System.nanoTime();
  private long lastAnswer;
  private int unanswered;
  private boolean looking;
  private boolean over;

  private ConnectionWatch(DatabaseFailures trouble) {
    this.trouble = trouble;
  }

  /** Begins, in the place of the timeout that guarded the connection while it was made. */
  static void over(SqlConnection connection, DatabaseFailures trouble) {
    var socket = (SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap();
    var pipeline = socket.socket().channelHandlerContext().pipeline();
    pipeline.remove(IdleStateHandler.class);
    pipeline.addBefore("handler", "watch", new ConnectionWatch(trouble));
    // Finds out that an idle connection leads nowhere before somebody has to.
    var options = pipeline.channel().config();
    options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS);
    options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_SECONDS);
    options.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof CommandBase<?> command) {
      if (command instanceof PrepareStatementCommand prepare && prepare.isManaged()) {
        kept.add(prepare.sql());
      }
      if (unanswered++ == 0) {
        lastAnswer = System.nanoTime();
        lookLater(context, LONGEST_SILENCE);
      }
    }
    context.write(message, promise);
  }

  private void lookLater(ChannelHandlerContext context, long nanos) {
    if (!looking) {
      looking = true;
      context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext context) {
    looking = false;
    var left = LONGEST_SILENCE - (System.nanoTime() - lastAnswer);
    if (unanswered == 0 || !context.channel().isActive()) {
      return;
    }
    if (left > 0) {
      lookLater(context, left);
      return;
    }
    trouble.note(
        new IOException(
            String.format(
                Locale.ROOT,
                "%s has not answered for %d s",
                context.channel().remoteAddress(),
                LONGEST_SILENCE_SECONDS)));
    context.channel().close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof CommandResponse<?> response)) {
      context.fireChannelRead(message);
      return;
    }
    unanswered--;
    lastAnswer = System.nanoTime();
    var failure = response.toAsyncResult().cause();
    if (SqlFailures.isStale(failure)) {
      forget(context);
    }
    over |= SqlFailures.isReadOnly(failure) && lastAnswer - begin > SHORTEST_LIFE;
    context.fireChannelRead(message);
    if (over && unanswered == 0) {
      context.close();
    }
  }

  /** What made one statement stale has most likely made the others so. */
  private void forget(ChannelHandlerContext context) {
    kept.forEach(sql -> context.fireChannelRead(new InvalidCachedStatementEvent(sql)));
    kept.clear();
  }

  /** What the server says unasked, mostly that it ends the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof PgException) {
      trouble.note(cause);
    }
    context.fireExceptionCaught(cause);
  }
}
