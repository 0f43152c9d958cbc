package org.tradepost.platform.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.Failure;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Batcher;
import org.tradepost.platform.testing.ExposedMetrics;
import org.tradepost.platform.testing.TestNode;

/** What a node shows to Prometheus on its management port. */
class MetricsTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String NOT_SAMPLED = "00-a" + TRACE.substring(1) + "-00f067aa0ba902b7-00";

  private static ClusterNode node;
  private static Metrics metrics;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    metrics = node.metrics();
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void a_node_shows_its_jvm_its_cluster_and_its_bus() {
    var shown = ExposedMetrics.of(node);
    assertThat(shown.type()).startsWith("text/plain; version=0.0.4");
    assertThat(shown.value("tradepost_cluster_members")).isEqualTo(1);
    assertThat(shown.value("tradepost_condition_met{condition=\"cluster\"}")).isEqualTo(1);
    assertThat(shown.value("tradepost_condition_met{condition=\"services\"}")).isZero();
    assertThat(shown.series().keySet())
        .anyMatch(series -> series.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(series -> series.startsWith("jvm_gc_"))
        .anyMatch(series -> series.startsWith("disk_free_bytes{"))
        .anyMatch(series -> series.startsWith("tradepost_build_info{"))
        .contains("process_cpu_usage", "tradepost_bus_sent_total", "tradepost_bus_received_total")
        .contains("tradepost_cache_entries{cache=\"verified tokens\"}");
  }

  @Test
  void a_stalled_event_loop_is_seen() {
    var stalled = Promise.<Void>promise();
    node.vertx()
        .runOnContext(
            due -> {
              var end = System.nanoTime() + 300_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              stalled.complete();
            });
    await(stalled.future());
    Awaitility.await()
        .until(() -> ExposedMetrics.of(node).value("tradepost_event_loop_lag_seconds_max") >= 0.15);
  }

  @Test
  void an_exemplar_names_the_trace_of_a_sampled_request() {
    var operation = metrics.operation("letters", "letters.v1.send");
    operation.succeeded(System.nanoTime(), NOT_SAMPLED);
    operation.succeeded(System.nanoTime(), "no trace");
    operation.succeeded(System.nanoTime(), null);
    assertThat(openMetrics()).doesNotContain("trace_id");
    // Only an occasional request becomes an exemplar, since that costs time.
    Awaitility.await()
        .untilAsserted(
            () -> {
              operation.succeeded(System.nanoTime(), SAMPLED);
              assertThat(openMetrics())
                  .containsPattern("letters\\.v1\\.send\".* # \\{.*trace_id=\"" + TRACE + "\"")
                  .endsWith("# EOF\n");
            });
  }

  private static String openMetrics() {
    var url = Loopback.url(node.health().port()).toString();
    return ExposedMetrics.of(url, ExposedMetrics.OPEN_METRICS).text();
  }

  @Test
  void errors_are_counted_by_code_and_a_service_cannot_make_up_any_number() {
    var operation = metrics.operation("letters", "letters.v1.read");
    var rejection = new ServiceException(CommonError.NOT_FOUND).failure();
    operation.failed(System.nanoTime(), null, rejection);
    operation.failed(System.nanoTime(), null, rejection);
    var labels =
        "{code=\"NOT_FOUND\",operation=\"letters.v1.read\",service=\"letters\",status=\"404\"}";
    assertThat(ExposedMetrics.of(node).value("tradepost_operation_errors_total" + labels))
        .isEqualTo(2);

    for (var i = 0; i < 1_000; i++) {
      operation.failed(
          System.nanoTime(), null, new Failure("C" + i, 409, "", "", null, null, null));
    }
    assertThat(ExposedMetrics.of(node).series().keySet())
        .filteredOn(series -> series.contains("letters.v1.read") && series.contains("errors"))
        .hasSizeLessThan(110)
        .anyMatch(series -> series.contains("code=\"OTHER\""));
  }

  @Test
  void a_queue_shows_batches_and_waits() {
    var work = Promise.<Void>promise();
    var batcher =
        new Batcher<String, String>(
            10,
            3,
            batch ->
                work.future().map(done -> batch.stream().map(Future::succeededFuture).toList()));
    batcher.measure(metrics, "letters to sort");
    for (var letter : new String[] {"a", "b", "c", "d", "one too many"}) {
      batcher.submit(letter, RequestContext.background(60_000));
    }
    var queue = "{queue=\"letters to sort\"}";
    var meanwhile = ExposedMetrics.of(node);
    assertThat(meanwhile.value("tradepost_queue_items" + queue)).isEqualTo(3);
    assertThat(meanwhile.value("tradepost_queue_items_limit" + queue)).isEqualTo(3);
    assertThat(meanwhile.value("tradepost_queue_refused_total" + queue)).isEqualTo(1);
    work.complete();
    var afterwards = ExposedMetrics.of(node);
    assertThat(afterwards.value("tradepost_queue_items" + queue)).isZero();
    assertThat(afterwards.value("tradepost_batch_size_count" + queue)).isEqualTo(2);
    assertThat(afterwards.value("tradepost_batch_size_sum" + queue)).isEqualTo(4);
    assertThat(afterwards.value("tradepost_queue_wait_seconds_count" + queue)).isEqualTo(4);
  }

  @Test
  void a_backlog_that_is_not_known_has_no_number() {
    var letters = new AtomicReference<Future<Map<String, Object>>>();
    letters.set(Future.succeededFuture(Map.of("unread", 3L, MetricNames.OLDEST, 70L)));
    var other = new Metrics();
    other.backlog("letters", letters::get);
    assertThat(text(other))
        .contains("tradepost_backlog_items{backlog=\"letters\",state=\"unread\"} 3.0")
        .contains("tradepost_backlog_oldest_age_seconds{backlog=\"letters\"} 70.0");
    letters.set(Future.failedFuture("the database is unavailable"));
    Awaitility.await()
        .untilAsserted(() -> assertThat(text(other)).doesNotContain("backlog=\"letters\""));
    assertThat(await(new MetricsSummary(other).read()))
        .containsExactly(
            new NodeMetric(
                MetricsSummary.BACKLOG,
                "letters",
                Map.of("unknown", "the database is unavailable")));
  }

  private static String text(Metrics metrics) {
    await(metrics.refresh());
    return ((PrometheusMeterRegistry) metrics.registry()).scrape();
  }

  @Test
  void what_is_started_again_replaces_what_was_stopped() {
    var first = new AtomicInteger(1);
    var second = new AtomicInteger(2);
    for (var value : new AtomicInteger[] {first, second}) {
      metrics.gauge("tradepost.letters", "Letters", Tags.of("box", "a"), value::get);
      metrics.counter("tradepost.read", "Letters read", Tags.of("box", "a"), value::get);
    }
    System.gc();
    var shown = ExposedMetrics.of(node);
    assertThat(shown.value("tradepost_letters{box=\"a\"}")).isEqualTo(2);
    assertThat(shown.value("tradepost_read_total{box=\"a\"}")).isEqualTo(2);
  }

  @Test
  void every_metric_is_explained() {
    metrics.operation("letters", "letters.v1.explain");
    assertThat(ExposedMetrics.of(node).text().lines().filter(line -> line.startsWith("# HELP")))
        .allMatch(line -> line.matches("# HELP \\S+ \\S.*"));
  }
}
