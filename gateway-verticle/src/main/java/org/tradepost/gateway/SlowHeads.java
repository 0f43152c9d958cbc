package org.tradepost.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts off connections on which no request arrives in time after the last answer was begun, and the
 * one that has waited longest for one when there are too many. The idle timeout alone would wait
 * for ever for a head that comes byte by byte, or for a reader who takes the answer byte by byte.
 * To close them would leave what they do not take with the kernel.
 *
 * <p>Belongs to one event loop.
 */
final class SlowHeads {

  private final long nanos;
  private final int most;

  // The longest wait first.
  private final Map<HttpConnection, Long> waitingSince = new LinkedHashMap<>();
  private int open;

  SlowHeads(Limits limits) {
    this.nanos = limits.idle().toNanos();
    // They come to the event loops in turn.
    this.most = Math.max(1, limits.connections() / Runtime.getRuntime().availableProcessors());
  }

  /** A connection was opened. */
  void opened(HttpConnection connection) {
    open++;
    connection.closeHandler(closed -> forget(connection));
    waits(connection);
    if (open > most) {
      // The new one itself when no other waits.
      cutOff(waitingSince.keySet().iterator().next());
    }
  }

  private void forget(HttpConnection connection) {
    open--;
    waitingSince.remove(connection);
  }

  /**
   * The head of a request is here. The wait for the next begins with the answer, so that it bounds
   * the time in which that is taken, and anew when all of it is on its way.
   */
  void arrived(RoutingContext context) {
    var connection = context.request().connection();
    waitingSince.remove(connection);
    context.addHeadersEndHandler(
        begun -> {
          if (!Exchange.of(context).isEndless()) {
            waits(connection);
          }
        });
    context.addEndHandler(
        end -> {
          if (end.succeeded()) {
            waits(connection);
          }
        });
  }

  /** The whole answer to a request is on its way; the wait for the next head begins. */
  void waits(HttpConnection connection) {
    // Back to the end of the line.
    waitingSince.remove(connection);
    waitingSince.put(connection, System.nanoTime());
  }

  /** To be called from time to time. */
  void sweep() {
    var now = System.nanoTime();
    waitingSince.entrySet().stream()
        .filter(wait -> now - wait.getValue() > nanos)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::cutOff);
  }

  private void cutOff(HttpConnection connection) {
    waitingSince.remove(connection);
    Severing.sever(connection);
  }
}
