package org.tradepost.gateway.connection;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.bus.Deadline;

/**
 * Drains the connections of a listener. Once started, it refuses new connections and tells open
 * ones to close with the response to their next request, so that no request is sent on a connection
 * that is being closed.
 *
 * <p>When Vert.x closes a port, it closes the idle connections at once, so this class closes the
 * ports itself. Belongs to one event loop.
 */
public final class ConnectionDrain {

  private static final long POLL_MILLIS = 50;
  private static final long MAX_WAIT_MILLIS = 8_000;

  private final Vertx vertx;
  private final Duration responseTimeout;
  private final Set<Channel> ports = new HashSet<>();
  private int connections;
  private boolean draining;
  private long lastRequestAt;

  /**
   * @param responseTimeout how long a connection may stay open for the response to its last request
   */
  public ConnectionDrain(Vertx vertx, Duration responseTimeout) {
    this.vertx = vertx;
    this.responseTimeout = responseTimeout;
  }

  /** Registers a connection that was opened. */
  @SuppressWarnings("FutureReturnValueIgnored") // The future is the connection's own.
  public void opened(HttpConnection connection) {
    var channel = ConnectionContext.of(connection).channel();
    ports.add(channel.parent());
    connections++;
    channel.closeFuture().addListener(closed -> connections--);
  }

  /** Whether open connections are told to close. */
  public boolean isDraining() {
    return draining;
  }

  /** Tells the connection of a request to close, while draining. */
  public void arrived(RoutingContext context) {
    if (draining) {
      lastRequestAt = System.nanoTime();
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context
          .request()
          .connection()
          .shutdown(responseTimeout.toMillis(), TimeUnit.MILLISECONDS)
          // A failure means that the connection is already gone.
          .otherwiseEmpty();
    }
  }

  /** Refuses new connections from now on; open ones are still served. */
  @SuppressWarnings("FutureReturnValueIgnored") // Another listener may close a port first.
  public void start() {
    draining = true;
    lastRequestAt = System.nanoTime();
    ports.forEach(Channel::close);
  }

  /**
   * Waits until all connections are closed, or until no request has arrived for a while, so that
   * the rest can be closed without losing a request. Waits at most some seconds.
   *
   * @param quiet how long there must be no request
   */
  public Future<Void> drained(Duration quiet) {
    return drained(quiet, Deadline.in(MAX_WAIT_MILLIS));
  }

  private Future<Void> drained(Duration quiet, Deadline atLatest) {
    return connections == 0
            || System.nanoTime() - lastRequestAt >= quiet.toNanos()
            || atLatest.isPast()
        ? Future.succeededFuture()
        : vertx.timer(POLL_MILLIS).compose(waited -> drained(quiet, atLatest));
  }
}
