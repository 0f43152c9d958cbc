package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The metrics of one node. Its management port exposes them to Prometheus, and {@code status} and
 * {@code /topology} read them too, so nothing is counted twice.
 *
 * <p>Labels hold names from the descriptions of services, never what a client sends.
 */
public final class Metrics {

  /** Meters of libraries whose names and units break Prometheus's conventions. */
  private static final Set<String> MISNAMED_METERS = Set.of("process.cpu.time", "system.cpu.count");

  private final MetricsTrace trace = new MetricsTrace();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, trace);

  /** Kept here because Micrometer holds the source of a counter only weakly. */
  private final Map<Meter.Id, Supplier<Number>> counts = new ConcurrentHashMap<>();

  private final List<BacklogMetrics> backlogs = new CopyOnWriteArrayList<>();

  public Metrics() {
    registry.config().meterFilter(MeterFilter.deny(id -> MISNAMED_METERS.contains(id.getName())));
  }

  /** Where the meters of libraries are registered. */
  MeterRegistry registry() {
    return registry;
  }

  PrometheusRegistry exposed() {
    return registry.getPrometheusRegistry();
  }

  MetricsTrace trace() {
    return trace;
  }

  /**
   * Exposes a value that can be read at any time, on any thread. It replaces one of the same name
   * and labels, such as that of a service that has been stopped.
   *
   * @param name words separated by dots; see {@link MetricNames}
   */
  public void gauge(String name, String help, Tags labels, Supplier<Number> value) {
    gauge(Gauge.builder(name, value).description(help), name, labels);
  }

  /** See {@link #gauge(String, String, Tags, Supplier)}; a number of bytes. */
  public void bytes(String name, String help, Tags labels, Supplier<Number> value) {
    gauge(Gauge.builder(name, value).description(help).baseUnit("bytes"), name, labels);
  }

  private synchronized void gauge(Gauge.Builder<?> gauge, String name, Tags labels) {
    remove(name, labels, Meter.Type.GAUGE);
    gauge.tags(labels).register(registry);
  }

  private void remove(String name, Tags labels, Meter.Type type) {
    registry.remove(new Meter.Id(name, labels, null, null, type));
  }

  /** Exposes a fact as labels. */
  public void info(String name, String help, Tags labels) {
    gauge(name, help, labels, () -> 1);
  }

  /** Creates a counter, which starts at 0. */
  public Counter counter(String name, String help, Tags labels) {
    return Counter.builder(name).description(help).tags(labels).register(registry);
  }

  /** Exposes what is already counted elsewhere; it replaces a counter as a gauge does. */
  public synchronized void counter(String name, String help, Tags labels, Supplier<Number> count) {
    remove(name, labels, Meter.Type.COUNTER);
    var counter =
        FunctionCounter.builder(name, count, shown -> shown.get().doubleValue())
            .description(help)
            .tags(labels)
            .register(registry);
    counts.put(counter.getId(), count);
  }

  /** Measures the requests for an operation at its service. */
  public OperationMetrics operation(String service, String operation) {
    return new OperationMetrics(
        this, MetricNames.OPERATION, Tags.of("service", service, "operation", operation));
  }

  /** Measures the HTTP requests that lead to an operation, by its path template. */
  public OperationMetrics httpOperation(
      String service, String operation, String method, String route) {
    return new OperationMetrics(
        this,
        MetricNames.HTTP,
        Tags.of("service", service, "operation", operation, "method", method, "route", route));
  }

  /**
   * Measures a queue.
   *
   * @param name what waits, in words
   * @param waiting how many items wait now
   * @param maxSize how many items may wait
   */
  public QueueMetrics queue(String name, IntSupplier waiting, int maxSize) {
    var labels = Tags.of("queue", name);
    gauge(MetricNames.QUEUE, "How many items wait", labels, waiting::getAsInt);
    gauge(MetricNames.QUEUE_LIMIT, "How many items may wait", labels, () -> maxSize);
    return new QueueMetrics(trace, registry, name);
  }

  /** Exposes a cache that counts its own hits and misses. */
  public void cache(
      String name, Supplier<Number> entries, Supplier<Number> hits, Supplier<Number> misses) {
    entries(name, entries);
    CacheMetrics.show(this, name, hits, misses);
  }

  private void entries(String cache, Supplier<Number> entries) {
    gauge("tradepost.cache.entries", "Entries in a cache", Tags.of("cache", cache), entries);
  }

  /** Creates the metrics of a cache. */
  public CacheMetrics cache(String name, Supplier<Number> entries) {
    entries(name, entries);
    return new CacheMetrics(this, name);
  }

  /**
   * Exposes what a service's database still has to do; the same whichever instance reports it.
   *
   * @param source counts it by state, with the age of the oldest under {@value MetricNames#OLDEST};
   *     called on the context of the caller, when the metrics are read
   */
  public void backlog(String name, Supplier<Future<Map<String, Object>>> source) {
    backlogs.add(new BacklogMetrics(registry, name, source));
  }

  /** Refreshes the values that must be queried. Never fails. */
  Future<Void> refresh() {
    return Future.join(backlogs.stream().map(BacklogMetrics::refresh).toList()).mapEmpty();
  }

  List<BacklogMetrics> backlogs() {
    return backlogs;
  }
}
