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
 * How many calls to one service may be under way: as many as it answers without getting slower, and
 * of each priority no more than a share, so that what matters more finds room.
 *
 * <p>The limit follows the service by the algorithm Gradient2 of Netflix's concurrency-limits: it
 * grows while calls take what they took in the long run, and shrinks when they take longer. The
 * shares are those of the same library's partitions, but of a fixed order.
 *
 * <p>One for a gateway, shared by its event loops.
 */
public final class ServiceLimit {

  private static final Map<Priority, Double> SHARES =
      Map.of(Priority.OPERATIONS, 1.0, Priority.BEGUN, 0.9, Priority.NEW, 0.8, Priority.SCAN, 0.6);

  /** With fewer the batches of a service are so small that it does less in all. */
  private static final int LEAST = 480;

  private static final int MOST = 800;
  private static final int WINDOW_MILLIS = 200;

  /** The long run: ten minutes, so that an overload of minutes does not pass for the usual. */
  private static final int WINDOWS = 3_000;

  /**
   * How many times the usual a call may take before the limit shrinks. Services that batch do more
   * in all when calls are many, at the price of each taking longer.
   */
  private static final double TOLERANCE = 3;

  /** By what part of itself the limit may grow in a window, before smoothing. */
  private static final int GROWTH = 10;

  /** Gradient2 looks at times alone, so a call that was turned away there counts as a slow one. */
  private static final long DROPPED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Logger log = LoggerFactory.getLogger(ServiceLimit.class);

  private final Vertx vertx;
  private final String service;
  private final Limit limit;
  private final ServiceException overloaded;
  private final double clientShare;
  private final ClientCounts clients = new ClientCounts();
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong reportedAt = new AtomicLong(System.nanoTime() - REPORT_NANOS);

  /**
   * @param clientShare what part of the limit one client may use, 1 for all of it
   */
  ServiceLimit(Vertx vertx, String service, Limit limit, double clientShare) {
    this.clientShare = clientShare;
    this.vertx = vertx;
    this.service = service;
    this.limit = limit;
    // One for all: it carries no stack trace, and an overload is no time to make more.
    this.overloaded =
        ServiceException.retryAfter(
            CommonError.OVERLOADED, "The service " + service + " has more to do than it can", 1);
  }

  /** A limit that follows its service. */
  public static Limit adaptive() {
    return WindowedLimit.newBuilder()
        .minWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
        .maxWindowTime(WINDOW_MILLIS, TimeUnit.MILLISECONDS)
        .build(
            Gradient2Limit.newBuilder()
                .initialLimit(LEAST)
                .minLimit(LEAST)
                .maxConcurrency(MOST)
                .rttTolerance(TOLERANCE)
                .queueSize(limit -> limit / GROWTH)
                .longWindow(WINDOWS)
                .build());
  }

  /** Whether there is room at this moment; for looking before anything is spent on a request. */
  boolean hasRoom(Priority priority) {
    return underWay.get() < room(priority);
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

  /** Counts one more if there is room; otherwise it counts a refusal. */
  boolean count(Priority priority) {
    if (underWay.incrementAndGet() <= room(priority)) {
      return true;
    }
    underWay.decrementAndGet();
    refused();
    return false;
  }

  /** Counts a call that counts already for its client too, unless that has its share. */
  boolean countFor(Object client) {
    return clients.add(client, Math.max(1, (int) (clientShare * limit.getLimit())));
  }

  /**
   * Counts one less.
   *
   * @param client whose it was, or null when it was counted for none
   */
  void uncount(Object client) {
    underWay.decrementAndGet();
    if (client != null) {
      clients.remove(client);
    }
  }

  /** How many clients have calls under way. */
  int clients() {
    return clients.clients();
  }

  /** How many count at this moment. */
  int underWay() {
    return underWay.get();
  }

  /** The refusal for lack of room. */
  ServiceException overloaded() {
    return overloaded;
  }

  /** Starts to measure what is under way, how much may be, and how many calls were refused. */
  void measure(Metrics metrics) {
    var labels = Tags.of("service", service);
    metrics.gauge(MetricNames.LIMIT, "Calls that may be under way", labels, limit::getLimit);
    metrics.gauge(MetricNames.LIMIT_IN_FLIGHT, "Calls that are under way", labels, underWay::get);
    metrics.gauge(
        "tradepost.limit.clients", "Clients that have calls under way", labels, this::clients);
    metrics.counter(
        MetricNames.LIMIT_REFUSED, "Calls that were refused for overload", labels, refused::sum);
  }

  private int room(Priority priority) {
    return (int) (SHARES.get(priority) * limit.getLimit());
  }

  /**
   * Learns from a finished call. One that never got to the service, or ended in its fault, says
   * nothing of its speed.
   */
  void learn(long startedAt, int inFlight, AsyncResult<?> answer) {
    var nanos = System.nanoTime() - startedAt;
    if (answer.succeeded() || ServiceException.isRefusal(answer.cause())) {
      limit.onSample(startedAt, nanos, inFlight, false);
    } else if (isDropped(answer.cause())) {
      limit.onSample(startedAt, Math.max(nanos, DROPPED_NANOS), inFlight, true);
    }
  }

  private static boolean isDropped(Throwable failure) {
    return ServiceException.isNoReply(failure)
        || (failure instanceof ServiceException refusal && refusal.is(CommonError.OVERLOADED));
  }

  /** A request was refused. */
  void refused() {
    refused.increment();
    var last = reportedAt.get();
    if (System.nanoTime() - last > REPORT_NANOS
        && reportedAt.compareAndSet(last, System.nanoTime())) {
      log.warn(
          "calls to {} are refused for overload, {} so far; {} may be under way",
          service,
          refused.sum(),
          limit.getLimit());
    }
  }
}
