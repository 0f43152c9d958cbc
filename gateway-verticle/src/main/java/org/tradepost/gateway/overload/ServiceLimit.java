package org.tradepost.gateway.overload;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.Priority;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.metrics.Metrics;

/**
 * How many calls to one service may be in flight: as many as it answers without getting slower.
 * Each priority may use only a share of them, which leaves room for higher priorities.
 *
 * <p>The limit adapts by the Gradient2 algorithm of Netflix's concurrency-limits: it grows while
 * calls take as long as in the long run, and shrinks when they take longer. The shares resemble the
 * partitions of that library, but have a fixed order.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class ServiceLimit {

  private static final Map<Priority, Double> SHARES =
      Map.of(Priority.OPERATIONS, 1.0, Priority.BEGUN, 0.9, Priority.NEW, 0.8, Priority.SCAN, 0.6);

  /** With fewer calls, a service's batches become so small that its throughput drops. */
  private static final int MIN_CALLS = 480;

  private static final int MAX_CALLS = 800;
  private static final int WINDOW_MILLIS = 200;

  /** The long run: ten minutes, so that some minutes of overload do not become the norm. */
  private static final int WINDOWS = 3_000;

  /**
   * How many times the usual time a call may take before the limit shrinks. With many calls,
   * services that batch gain throughput at the cost of latency.
   */
  private static final double TOLERANCE = 3;

  /** The limit may grow by one part in this many per window, before smoothing. */
  private static final int GROWTH = 10;

  /** Gradient2 considers only times, so a dropped call counts as one that took this long. */
  private static final long DROPPED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Logger log = LoggerFactory.getLogger(ServiceLimit.class);

  private final Vertx vertx;
  private final String service;
  private final Limit limit;
  private final ServiceException overloaded;
  private final double clientShare;
  private final ClientCounts clients = new ClientCounts();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder rejected = new LongAdder();
  private final AtomicLong reportedAt = new AtomicLong(System.nanoTime() - REPORT_NANOS);

  /**
   * @param clientShare the fraction of the limit that one client may use, at most 1
   */
  ServiceLimit(Vertx vertx, String service, Limit limit, double clientShare) {
    this.clientShare = clientShare;
    this.vertx = vertx;
    this.service = service;
    this.limit = limit;
    // Shared, since it has no stack trace and an overload is no time to create more.
    this.overloaded =
        ServiceException.retryAfter(
            CommonError.OVERLOADED, "The service " + service + " is overloaded", 1);
  }

  /** Creates a limit that adapts to its service. */
  public static Limit adaptive() {
    return WindowedLimit.newBuilder()
        .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
        .maxWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
        .build(
            Gradient2Limit.newBuilder()
                .initialLimit(MIN_CALLS)
                .minLimit(MIN_CALLS)
                .maxConcurrency(MAX_CALLS)
                .rttTolerance(TOLERANCE)
                .queueSize(limit -> limit / GROWTH)
                .longWindow(WINDOWS)
                .build());
  }

  /** Whether there is room now; a check before any work is done for a request. */
  boolean hasRoom(Priority priority) {
    return inFlight.get() < room(priority);
  }

  /**
   * Permits a call, which counts from now on.
   *
   * @throws ServiceException {@code OVERLOADED} when there is no room
   */
  Permit permit(Priority priority) {
    if (!count(priority)) {
      throw overloaded;
    }
    return new Permit(vertx, this, priority);
  }

  /** Counts one more call if there is room; otherwise counts a rejection. */
  boolean count(Priority priority) {
    if (inFlight.incrementAndGet() <= room(priority)) {
      return true;
    }
    inFlight.decrementAndGet();
    rejected();
    return false;
  }

  /** Counts a call for its client too, unless the client has used up its share. */
  boolean countFor(Object client) {
    return clients.add(client, Math.max(1, (int) (clientShare * limit.getLimit())));
  }

  /**
   * Counts one call less.
   *
   * @param client the client for which it counted, or null if there was none
   */
  void uncount(Object client) {
    inFlight.decrementAndGet();
    if (client != null) {
      clients.remove(client);
    }
  }

  /** Returns how many clients have calls in flight. */
  int clients() {
    return clients.clients();
  }

  /** Returns how many calls are counted now. */
  int inFlight() {
    return inFlight.get();
  }

  /** Returns the rejection for lack of room. */
  ServiceException overloaded() {
    return overloaded;
  }

  /** Registers the metrics of the limit, the calls in flight and the rejected calls. */
  void measure(Metrics metrics) {
    var labels = Tags.of("service", service);
    metrics.gauge(MetricNames.LIMIT, "Calls that may be in flight", labels, limit::getLimit);
    metrics.gauge(MetricNames.LIMIT_IN_FLIGHT, "Calls in flight", labels, inFlight::get);
    metrics.gauge("tradepost.limit.clients", "Clients with calls in flight", labels, this::clients);
    metrics.counter(
        MetricNames.LIMIT_REFUSED, "Calls that were rejected for overload", labels, rejected::sum);
  }

  private int room(Priority priority) {
    return (int) (SHARES.get(priority) * limit.getLimit());
  }

  /**
   * Adapts the limit after a call. A call that never reached the service, or failed through the
   * service's fault, says nothing about its speed.
   */
  void learn(long startedAt, int inFlightAtStart, AsyncResult<?> answer) {
    var nanos = System.nanoTime() - startedAt;
    if (answer.succeeded() || ServiceException.isRejection(answer.cause())) {
      limit.onSample(startedAt, nanos, inFlightAtStart, false);
    } else if (isDropped(answer.cause())) {
      limit.onSample(startedAt, Math.max(nanos, DROPPED_NANOS), inFlightAtStart, true);
    }
  }

  private static boolean isDropped(Throwable failure) {
    return ServiceException.isNoReply(failure)
        || (failure instanceof ServiceException rejection && rejection.is(CommonError.OVERLOADED));
  }

  /** Counts a rejection, and logs a warning at most every five seconds. */
  void rejected() {
    rejected.increment();
    var last = reportedAt.get();
    if (System.nanoTime() - last > REPORT_NANOS
        && reportedAt.compareAndSet(last, System.nanoTime())) {
      log.warn(
          "calls to {} are rejected for overload, {} so far; {} may be in flight",
          service,
          rejected.sum(),
          limit.getLimit());
    }
  }
}
