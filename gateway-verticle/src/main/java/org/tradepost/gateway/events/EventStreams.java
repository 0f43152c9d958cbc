package org.tradepost.gateway.events;

import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.admission.Limits;
import org.tradepost.gateway.overload.ClientCounts;
import org.tradepost.platform.telemetry.metrics.Metrics;

/**
 * The open event streams of a gateway. Bounds their number, and notifies them when a service has
 * new events.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class EventStreams {

  private static final long MIN_PACE_MILLIS = 200;
  private static final long PACE_MILLIS_PER_STREAM = 2;
  private static final int RETRY_SECONDS = 10;

  private final ServiceBus bus;
  private final Limits limits;
  private final Map<EventStream, Object> openStreams = new HashMap<>();
  private final ClientCounts clients = new ClientCounts();
  private final Set<String> subscribed = new HashSet<>();
  private boolean stopped;

  public EventStreams(ServiceBus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  /** Registers the metrics of the open streams. */
  public void measure(Metrics metrics) {
    metrics.gauge(
        "tradepost.streams.open", "Streams of events that are open", Tags.empty(), this::count);
    metrics.gauge(
        "tradepost.streams.limit",
        "Streams of events that may be open",
        Tags.empty(),
        limits::streams);
  }

  private synchronized int count() {
    return openStreams.size();
  }

  Limits limits() {
    return limits;
  }

  /**
   * Adds a stream of a client.
   *
   * @throws ServiceException {@code OVERLOADED} if the maximum is reached, {@code
   *     TOO_MANY_REQUESTS} if the client has used up its share
   */
  synchronized void add(EventStream stream, Object client) {
    if (stopped || openStreams.size() >= limits.streams()) {
      throw ServiceException.retryAfter(
          CommonError.OVERLOADED, "This gateway can serve no further stream", RETRY_SECONDS);
    }
    if (!clients.add(client, limits.clientStreams())) {
      throw ServiceException.retryAfter(
          CommonError.TOO_MANY_REQUESTS, "You have too many streams open", RETRY_SECONDS);
    }
    openStreams.put(stream, client);
  }

  synchronized void remove(EventStream stream) {
    var client = openStreams.remove(stream);
    if (client != null) {
      clients.remove(client);
    }
  }

  /**
   * Returns the least time between two polls of a service by one stream. It grows with the number
   * of streams, so that all of them together poll a service at most about 500 times a second.
   */
  synchronized long paceMillis() {
    return Math.max(MIN_PACE_MILLIS, PACE_MILLIS_PER_STREAM * openStreams.size());
  }

  /**
   * Subscribes to the change notifications of a service. To be called on an event loop of a
   * listener.
   */
  synchronized void subscribe(String service) {
    if (subscribed.add(service)) {
      bus.onChange(
          EventOperations.changeNotification(service),
          () -> all().forEach(s -> s.notifyChange(service)));
    }
  }

  /** Ends every stream and rejects new ones; the readers reconnect to another gateway. */
  public void stop() {
    synchronized (this) {
      stopped = true;
    }
    all().forEach(EventStream::stop);
  }

  private synchronized List<EventStream> all() {
    return List.copyOf(openStreams.keySet());
  }
}
