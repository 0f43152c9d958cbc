package org.tradepost.platform.node;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tradepost.common.bus.BusCounts;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.platform.telemetry.metrics.EventLoopLag;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.MetricsSummary;
import org.tradepost.platform.telemetry.metrics.NodeMetric;
import org.tradepost.platform.telemetry.metrics.RuntimeMetrics;
import org.tradepost.platform.telemetry.tracing.TracingLosses;

/** The metrics that every node has, whichever services run on it. */
final class NodeMetrics {

  private final Metrics metrics;
  private final RuntimeMetrics runtime;

  /**
   * @param name the name of the node
   */
  NodeMetrics(Metrics metrics, String name) {
    this.metrics = metrics;
    this.runtime =
        new RuntimeMetrics(metrics, Objects.requireNonNullElse(NodeAddress.version(), ""), name);
  }

  /** Measures how late the event loops are. */
  Future<?> watchEventLoops(Vertx vertx, int eventLoops) {
    return vertx.deployVerticle(
        () -> new EventLoopLag(metrics), new DeploymentOptions().setInstances(eventLoops));
  }

  void ofCluster(Supplier<Number> members, Supplier<Number> unresponsive) {
    metrics.gauge(
        "tradepost.cluster.members",
        "The nodes of the cluster that this node knows of, with itself",
        Tags.empty(),
        members);
    metrics.gauge(
        "tradepost.cluster.members.unresponsive",
        "The other nodes that do not reply on the bus",
        Tags.empty(),
        unresponsive);
  }

  void of(BusCounts counts) {
    count("tradepost.bus.sent", "Requests that were sent over the bus", counts::sent);
    count("tradepost.bus.repeated", "Requests that were sent again", counts::repeated);
    count("tradepost.bus.no.reply", "Requests that got no reply", counts::withoutReply);
    count("tradepost.bus.received", "Requests that came in over the bus", counts::received);
  }

  private void count(String name, String help, Supplier<Number> count) {
    metrics.counter(name, help, Tags.empty(), count);
  }

  void of(TokenVerifier verifier) {
    metrics.cache(
        "verified tokens",
        verifier::cachedTokens,
        () -> verifier.cacheStats().hitCount(),
        () -> verifier.cacheStats().missCount());
  }

  /** Measures the spans that wait to be exported, and those that were lost. */
  void of(TracingLosses spans) {
    var queue = Tags.of("queue", "spans to export");
    metrics.gauge(MetricNames.QUEUE, "How many items wait", queue, spans::waiting);
    metrics.gauge(MetricNames.QUEUE_LIMIT, "How many items may wait", queue, spans::maxWaiting);
    count("tradepost.spans.dropped", "Spans for which the queue had no room", spans::dropped);
    count("tradepost.spans.failed", "Spans that the receiver did not take", spans::failed);
  }

  /**
   * What the node tells other nodes about itself and its parts.
   *
   * @param troubles see {@link MetricsSummary#TROUBLE}
   * @param calls see {@link MetricsSummary#CALLS}
   */
  Supplier<Future<List<NodeMetric>>> summary(
      Supplier<Map<String, Object>> troubles, Supplier<Map<String, Object>> calls) {
    var summary = new MetricsSummary(metrics);
    return () ->
        summary
            .read()
            .map(
                parts ->
                    Stream.concat(
                            Stream.of(
                                new NodeMetric(MetricsSummary.TROUBLE, "readiness", troubles.get()),
                                new NodeMetric(MetricsSummary.CALLS, "services", calls.get())),
                            parts.stream())
                        .toList());
  }

  void stop() {
    runtime.close();
  }
}
