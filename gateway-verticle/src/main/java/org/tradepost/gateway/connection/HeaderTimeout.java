package org.tradepost.gateway.connection;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Ends connections on which no request head arrives in time after the last response began and, when
 * there are too many connections, the one that has waited longest for the rest of a request. The
 * idle timeout alone would never end a connection whose client sends a head, or reads a response,
 * byte by byte. They are aborted, since a normal close would leave unread data in the kernel.
 *
 * <p>Belongs to one event loop.
 */
public final class HeaderTimeout {

  private final long nanos;
  private final int maxConnections;

  // The longest wait is first.
  private final Map<HttpConnection, Wait> waits = new LinkedHashMap<>();
  private int open;

  /**
   * A wait for bytes of a request.
   *
   * @param since when it began, by {@link System#nanoTime}
   * @param forBody whether the head has arrived; the body has another timeout
   */
  private record Wait(long since, boolean forBody) {}

  /**
   * @param idle how long a connection may wait for a request
   * @param connections how many connections may be open at once on all event loops together
   */
  public HeaderTimeout(Duration idle, int connections) {
    this.nanos = idle.toNanos();
    // Connections are assigned to the event loops in turn.
    this.maxConnections = Math.max(1, connections / Runtime.getRuntime().availableProcessors());
  }

  /** Registers a connection that was opened; may end the one that has waited longest. */
  public void opened(HttpConnection connection) {
    open++;
    connection.closeHandler(closed -> closed(connection));
    startWaiting(connection);
    if (open > maxConnections) {
      // This is the new connection itself if no other waits.
      cutOff(waits.keySet().iterator().next());
    }
  }

  private void closed(HttpConnection connection) {
    open--;
    waits.remove(connection);
  }

  /**
   * Handles a request head. The wait for the next one starts with the response, so that it also
   * bounds how long the client reads it, and restarts when the whole response has been sent.
   *
   * @param hasBody whether a body follows, for which the connection waits
   * @param endless whether the response has no timeout, which is known when it begins
   */
  public void arrived(RoutingContext context, boolean hasBody, BooleanSupplier endless) {
    var connection = context.request().connection();
    waits.remove(connection);
    if (hasBody) {
      var wait = startWaiting(connection, true);
      // Another wait may have started, since the response may precede the end of the body.
      context.request().end().onComplete(whole -> waits.remove(connection, wait));
    }
    context.addHeadersEndHandler(
        begun -> {
          if (!endless.getAsBoolean()) {
            startWaiting(connection);
          }
        });
    context.addEndHandler(
        end -> {
          if (end.succeeded()) {
            startWaiting(connection);
          }
        });
  }

  /** Starts the wait for the next request head. */
  public void startWaiting(HttpConnection connection) {
    startWaiting(connection, false);
  }

  private Wait startWaiting(HttpConnection connection, boolean forBody) {
    var wait = new Wait(System.nanoTime(), forBody);
    // Moves the connection to the end.
    waits.remove(connection);
    waits.put(connection, wait);
    return wait;
  }

  /** Ends connections that have waited too long; to be called periodically. */
  public void sweep() {
    var now = System.nanoTime();
    waits.entrySet().stream()
        .filter(wait -> !wait.getValue().forBody() && now - wait.getValue().since() > nanos)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::timeOut);
  }

  private void timeOut(HttpConnection connection) {
    waits.remove(connection);
    IncompleteRequests.timeOut(connection);
  }

  private void cutOff(HttpConnection connection) {
    waits.remove(connection);
    ConnectionContext.abort(connection);
  }
}
