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
import io.vertx.sqlclient.internal.command.CloseStatementCommand;
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
 * Watches one connection, behind the driver's codec. Closes it when the server no longer replies or
 * accepts no writes, and lets the driver prepare stale statements again.
 *
 * <p>The driver itself waits forever for a reply, and can close a connection only by asking the
 * server to. Each command that passes through here gets exactly one response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure here ends the connection.
final class ConnectionWatch extends ChannelDuplexHandler {

  /** Longer than the server's own {@code statement_timeout}. */
  static final int MAX_NO_REPLY_SECONDS = 5;

  private static final long MAX_NO_REPLY_NANOS = TimeUnit.SECONDS.toNanos(MAX_NO_REPLY_SECONDS);

  /** Keeps each write rejected by a server that stays read-only from causing a reconnect. */
  private static final long MIN_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int IDLE_SECONDS = 10;
  private static final int PROBE_SECONDS = 3;
  private static final int PROBES = 3;

  private final DatabaseFailures failures;

  /** The SQL of the statements that the driver has prepared on this connection and caches. */
  private final Set<String> kept = new HashSet<>();

  private final long openedAt = System.nanoTime();
  private long lastReplyAt;
  private int pending;
  private boolean checking;
  private boolean closing;

  private ConnectionWatch(DatabaseFailures failures) {
    this.failures = failures;
  }

  /** Installs the watch in place of the handler for the connect timeout. */
  static void install(SqlConnection connection, DatabaseFailures failures) {
    var socket = (SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap();
    var pipeline = socket.socket().channelHandlerContext().pipeline();
    pipeline.remove(IdleStateHandler.class);
    pipeline.addBefore("handler", "watch", new ConnectionWatch(failures));
    // Detects a broken idle connection before it is used.
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
      } else if (command instanceof CloseStatementCommand close) {
        kept.remove(close.statement().sql());
      }
      if (pending++ == 0) {
        lastReplyAt = System.nanoTime();
        checkLater(context, MAX_NO_REPLY_NANOS);
      }
    }
    context.write(message, promise);
  }

  private void checkLater(ChannelHandlerContext context, long nanos) {
    if (!checking) {
      checking = true;
      context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void check(ChannelHandlerContext context) {
    checking = false;
    var left = MAX_NO_REPLY_NANOS - (System.nanoTime() - lastReplyAt);
    if (pending == 0 || !context.channel().isActive()) {
      return;
    }
    if (left > 0) {
      checkLater(context, left);
      return;
    }
    failures.note(
        new IOException(
            String.format(
                Locale.ROOT,
                "%s has not replied for %d s",
                context.channel().remoteAddress(),
                MAX_NO_REPLY_SECONDS)));
    context.channel().close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof CommandResponse<?> response)) {
      context.fireChannelRead(message);
      return;
    }
    pending--;
    lastReplyAt = System.nanoTime();
    var failure = response.toAsyncResult().cause();
    if (SqlFailures.isStale(failure)) {
      invalidateStatements(context);
    }
    closing |= SqlFailures.isReadOnly(failure) && lastReplyAt - openedAt > MIN_AGE_NANOS;
    context.fireChannelRead(message);
    if (closing && pending == 0) {
      context.close();
    }
  }

  /** The number of prepared statements that the driver caches. */
  int prepared() {
    return kept.size();
  }

  /** What made one statement stale has most likely made the others stale too. */
  private void invalidateStatements(ChannelHandlerContext context) {
    kept.forEach(sql -> context.fireChannelRead(new InvalidCachedStatementEvent(sql)));
    kept.clear();
  }

  /** Notes an unsolicited error of the server, mostly that it closes the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof PgException) {
      failures.note(cause);
    }
    context.fireExceptionCaught(cause);
  }
}
