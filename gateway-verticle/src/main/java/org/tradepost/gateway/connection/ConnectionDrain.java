package org.tradepost.gateway.connection;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.bus.Deadline;

/**
 * The way into a listener. Once it is shut nobody comes in, and who is in is told to go with the
 * answer to the next request, so that no request is sent to a connection that is being closed.
 *
 * <p>Vert.x would close every connection that waits for a request at the moment at which it shuts
 * the port. So this shuts the port itself. Belongs to one event loop.
 */
public final class ConnectionDrain {

  private static final long LOOK_MILLIS = 50;
  private static final long LONGEST_WAIT_MILLIS = 8_000;

  private final Vertx vertx;
  private final Duration longestAnswer;
  private Channel port;
  private int inside;
  private boolean shut;
  private long askedAt;

  /**
   * @param longestAnswer after which a connection is closed whatever is in flight on it
   */
  public ConnectionDrain(Vertx vertx, Duration longestAnswer) {
    this.vertx = vertx;
    this.longestAnswer = longestAnswer;
  }

  /** A connection was opened. */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the connection's own.
  public void opened(HttpConnection connection) {
    var channel = ConnectionContext.of(connection).channel();
    port = channel.parent();
    inside++;
    channel.closeFuture().addListener(closed -> inside--);
  }

  /** Whether those who are in are told to go. */
  public boolean isShut() {
    return shut;
  }

  /** A request has come. */
  public void arrived(RoutingContext context) {
    if (shut) {
      askedAt = System.nanoTime();
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context
          .request()
          .connection()
          .shutdown(longestAnswer.toMillis(), TimeUnit.MILLISECONDS)
          // When it is cut off instead, there is nobody to tell.
          .otherwiseEmpty();
    }
  }

  /** Refuses new connections from now on; whoever has come before is served. */
  @SuppressWarnings("FutureReturnValueIgnored") // The other listeners of the port may be first.
  public void shut() {
    shut = true;
    askedAt = System.nanoTime();
    if (port != null) {
      port.close();
    }
  }

  /**
   * Waits until everybody has gone, or those who are left ask nothing, which alone can be closed
   * without a request being on its way to them; for some seconds at most.
   *
   * @param quiet for how long nothing is asked then
   */
  public Future<Void> emptied(Duration quiet) {
    return emptied(quiet, Deadline.in(LONGEST_WAIT_MILLIS));
  }

  private Future<Void> emptied(Duration quiet, Deadline atLatest) {
    return inside == 0 || System.nanoTime() - askedAt >= quiet.toNanos() || atLatest.isPast()
        ? Future.succeededFuture()
        : vertx.timer(LOOK_MILLIS).compose(waited -> emptied(quiet, atLatest));
  }
}
