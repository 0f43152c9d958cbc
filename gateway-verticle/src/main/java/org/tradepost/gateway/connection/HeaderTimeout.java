package org.tradepost.gateway.connection;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Ends connections on which no request head arrives in time after the last answer was begun, and
 * the one that has waited longest for the rest of a request when there are too many. The idle
 * timeout alone would wait for ever for a head that comes byte by byte, or for a reader who takes
 * the answer byte by byte. To close them would leave what they do not take with the kernel.
 *
 * <p>Belongs to one event loop.
 */
public final class HeaderTimeout {

  private final long nanos;
  private final int most;

  // The longest wait first.
  private final Map<HttpConnection, Wait> waits = new LinkedHashMap<>();
  private int open;

  /**
   * A wait for bytes of a request.
   *
   * @param since when it began, by {@link System#nanoTime}
   * @param forBody whether the head is here; for the body there is another timeout
   */
  private record Wait(long since, boolean forBody) {}

  /**
   * @param idle for how long a connection may wait for a request
   * @param connections how many clients may be connected at once, to all event loops together
   */
  public HeaderTimeout(Duration idle, int connections) {
    this.nanos = idle.toNanos();
    // They come to the event loops in turn.
    this.most = Math.max(1, connections / Runtime.getRuntime().availableProcessors());
  }

  /** A connection was opened. */
  public void opened(HttpConnection connection) {
    open++;
    connection.closeHandler(closed -> closed(connection));
    startWaiting(connection);
    if (open > most) {
      // The new one itself when no other waits.
      cutOff(waits.keySet().iterator().next());
    }
  }

  private void closed(HttpConnection connection) {
    open--;
    waits.remove(connection);
  }

  /**
   * The head of a request is here. The wait for the next one starts with the answer, so that it
   * bounds the time in which the client reads it, and starts again when all of it has been sent.
   *
   * @param hasBody whether a body follows, which the connection waits for
   * @param endless whether the answer may take as long as it will, known when it begins
   */
  public void arrived(RoutingContext context, boolean hasBody, BooleanSupplier endless) {
    var connection = context.request().connection();
    waits.remove(connection);
    if (hasBody) {
      var wait = startWaiting(connection, true);
      // Another wait may have started, since the answer may be earlier than the body.
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

  /** The whole answer to a request has been sent; the wait for the next head starts. */
  public void startWaiting(HttpConnection connection) {
    startWaiting(connection, false);
  }

  private Wait startWaiting(HttpConnection connection, boolean forBody) {
    var wait = new Wait(System.nanoTime(), forBody);
    // Back to the end of the line.
    waits.remove(connection);
    waits.put(connection, wait);
    return wait;
  }

  /** To be called from time to time. */
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
