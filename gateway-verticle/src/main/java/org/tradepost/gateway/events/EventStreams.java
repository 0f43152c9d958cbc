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
 * The streams that are open at this gateway: no more than it may have, and notified when a service
 * has new events.
 *
 * <p>One for a gateway, shared by its event loops.
 */
public final class EventStreams {

  private static final long LEAST_PACE_MILLIS = 200;
  private static final long PACE_MILLIS_OF_A_STREAM = 2;
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

  /** Starts to measure how many are open. */
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
   * Lets a stream of a client in.
   *
   * @throws ServiceException {@code OVERLOADED} when there are as many as there may be, {@code
   *     TOO_MANY_REQUESTS} when the client has its share of them
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
   * The least time between two polls of a service by one stream. It grows with their number, so
   * that all streams together ask a service at most some hundred times a second.
   */
  synchronized long paceMillis() {
    return Math.max(LEAST_PACE_MILLIS, PACE_MILLIS_OF_A_STREAM * openStreams.size());
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

  /** Ends every stream and refuses new ones; the readers reconnect to another gateway. */
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
