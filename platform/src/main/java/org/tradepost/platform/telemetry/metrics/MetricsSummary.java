package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Meter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics that {@code status} and {@code /topology} show, read from those of the node. */
public final class MetricsSummary {

  /**
   * A service that the node runs: {@code version}, {@code inFlight}, and {@code served} since it
   * started.
   */
  public static final String SERVICE = "service";

  /** A queue: {@code waiting}, and its limit {@code most}. */
  public static final String QUEUE = "queue";

  /**
   * The circuit breakers of a service: {@code state}, which is {@code OPEN} when the service is
   * unresponsive and {@code PARTLY} when some operations get no reply; those {@code operations};
   * the {@code failures} that count against them; {@code timesOpened}.
   */
  public static final String CIRCUIT = "circuit";

  /**
   * The calls of a gateway to a service: {@code inFlight}, the present limit {@code most}, and
   * those {@code refused} since the gateway started.
   */
  public static final String LIMIT = "limit";

  /**
   * The calls of the node to each service since it started: {@code calls}, {@code failed}, and
   * their total time in {@code micros}.
   */
  public static final String CALLS = "calls";

  /** What a service's database still has to do; the same whichever instance reports it. */
  public static final String BACKLOG = "backlog";

  /** Why the node is not ready: the reasons, by the name of what is missing. */
  public static final String TROUBLE = "trouble";

  private static final String SERVICE_LABEL = "service";

  /**
   * How the metrics of one kind are read.
   *
   * @param label the label that names each part
   * @param present the metric that every part has
   * @param values for each value, the metrics that it is the sum of
   */
  private record Kind(
      String name, String label, String present, Map<String, List<String>> values) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              SERVICE,
              SERVICE_LABEL,
              MetricNames.SERVICE,
              Map.of(
                  "inFlight", List.of(MetricNames.IN_FLIGHT),
                  "served", List.of(MetricNames.OPERATION + MetricNames.DURATION))),
          new Kind(
              CIRCUIT,
              SERVICE_LABEL,
              MetricNames.UNRESPONSIVE,
              Map.of(
                  "failures", List.of(MetricNames.CIRCUIT_FAILURES),
                  "timesOpened", List.of(MetricNames.SERVICE_LOST, MetricNames.CIRCUIT_OPENED))),
          new Kind(
              LIMIT,
              SERVICE_LABEL,
              MetricNames.LIMIT,
              Map.of(
                  "inFlight", List.of(MetricNames.LIMIT_IN_FLIGHT),
                  "most", List.of(MetricNames.LIMIT),
                  "refused", List.of(MetricNames.LIMIT_REFUSED))),
          new Kind(
              QUEUE,
              "queue",
              MetricNames.QUEUE,
              Map.of(
                  "waiting", List.of(MetricNames.QUEUE),
                  "most", List.of(MetricNames.QUEUE_LIMIT))));

  private final Metrics metrics;

  public MetricsSummary(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The current metrics of all parts. */
  public Future<List<NodeMetric>> read() {
    return metrics
        .refresh()
        .map(
            done ->
                Stream.concat(
                        KINDS.stream().flatMap(this::parts),
                        metrics.backlogs().stream().map(BacklogMetrics::summary))
                    .toList());
  }

  private Stream<NodeMetric> parts(Kind kind) {
    return metrics.registry().find(kind.present()).meters().stream()
        .sorted(Comparator.comparing(meter -> meter.getId().getTag(kind.label())))
        .map(meter -> part(kind, meter));
  }

  private NodeMetric part(Kind kind, Meter present) {
    var name = present.getId().getTag(kind.label());
    var values = new HashMap<String, Object>();
    kind.values()
        .forEach(
            (value, summands) ->
                values.put(
                    value,
                    summands.stream().mapToLong(metric -> sum(metric, kind.label(), name)).sum()));
    if (kind.name().equals(SERVICE)) {
      values.put("version", present.getId().getTag("version"));
    } else if (kind.name().equals(CIRCUIT)) {
      addState(values, value(present) > 0, openCircuits(name));
    }
    return new NodeMetric(kind.name(), name, values);
  }

  private static void addState(Map<String, Object> values, boolean lost, List<String> open) {
    values.put("operations", open);
    values.put("state", lost ? "OPEN" : open.isEmpty() ? "CLOSED" : "PARTLY");
  }

  private List<String> openCircuits(String service) {
    var open = new ArrayList<String>();
    metrics.registry().find(MetricNames.CIRCUIT_OPEN).tag(SERVICE_LABEL, service).meters().stream()
        .filter(circuit -> value(circuit) > 0)
        .forEach(circuit -> open.add(circuit.getId().getTag("operation")));
    open.sort(Comparator.naturalOrder());
    return open;
  }

  private long sum(String metric, String label, String name) {
    return metrics.registry().find(metric).tag(label, name).meters().stream()
        .mapToLong(MetricsSummary::value)
        .sum();
  }

  private static long value(Meter meter) {
    // The first measurement is the count, or the value of a gauge.
    return (long) meter.measure().iterator().next().getValue();
  }
}
