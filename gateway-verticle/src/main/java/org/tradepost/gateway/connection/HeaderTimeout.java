package org.tradepost.gateway.connection;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Ends connections on which no request arrives in time after the last answer was begun, and the one
 * that has waited longest for one when there are too many. The idle timeout alone would wait for
 * ever for a head that comes byte by byte, or for a reader who takes the answer byte by byte. To
 * close them would leave what they do not take with the kernel.
 *
 * <p>Belongs to one event loop.
 */
public final class HeaderTimeout {

  private final long nanos;
  private final int most;

  // The longest wait first.
  private final Map<HttpConnection, Long> waitingSince = new LinkedHashMap<>();
  private int open;

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
      cutOff(waitingSince.keySet().iterator().next());
    }
  }

  private void closed(HttpConnection connection) {
    open--;
    waitingSince.remove(connection);
  }

  /**
   * The head of a request is here. The wait for the next one starts with the answer, so that it
   * bounds the time in which the client reads it, and starts again when all of it has been sent.
   *
   * @param endless whether the answer may take as long as it will, known when it begins
   */
  public void arrived(RoutingContext context, BooleanSupplier endless) {
    var connection = context.request().connection();
    waitingSince.remove(connection);
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
    // Back to the end of the line.
    waitingSince.remove(connection);
    waitingSince.put(connection, System.nanoTime());
  }

  /** To be called from time to time. */
  public void sweep() {
    var now = System.nanoTime();
    waitingSince.entrySet().stream()
        .filter(wait -> now - wait.getValue() > nanos)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::timeOut);
  }

  private void timeOut(HttpConnection connection) {
    waitingSince.remove(connection);
    IncompleteRequests.timeOut(connection);
  }

  private void cutOff(HttpConnection connection) {
    waitingSince.remove(connection);
    ConnectionContext.abort(connection);
  }
}
