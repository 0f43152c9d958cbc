package org.tradepost.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes connections on which no request arrives in time. The idle timeout alone would wait for
 * ever for a head that comes byte by byte.
 *
 * <p>Belongs to one event loop.
 */
final class SlowHeads {

  private final long millis;
  private final Map<HttpConnection, Long> waitingSince = new HashMap<>();

  SlowHeads(Duration time) {
    this.millis = time.toMillis();
  }

  /** A connection was opened. */
  void opened(HttpConnection connection) {
    waitingSince.put(connection, System.currentTimeMillis());
    connection.closeHandler(closed -> waitingSince.remove(connection));
  }

  /** The head of a request is here; the wait for the next begins when it is answered. */
  void arrived(RoutingContext context) {
    var connection = context.request().connection();
    waitingSince.remove(connection);
    context.addEndHandler(end -> waitingSince.put(connection, System.currentTimeMillis()));
  }

  /** To be called from time to time. */
  void sweep() {
    var latest = System.currentTimeMillis() - millis;
    var slow =
        waitingSince.entrySet().stream()
            .filter(wait -> wait.getValue() < latest)
            .map(Map.Entry::getKey)
            .toList();
    slow.forEach(HttpConnection::close);
    waitingSince.keySet().removeAll(List.copyOf(slow));
  }
}
