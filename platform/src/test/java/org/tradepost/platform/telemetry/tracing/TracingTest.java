package org.tradepost.platform.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.telemetry.logging.LoggingContext;
import org.tradepost.platform.telemetry.logging.TestLog;
import org.tradepost.platform.testing.ReceivedSpan;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TraceReceiver;

class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";
  private static final String ANOTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final TraceReceiver receiver = new TraceReceiver();
  private final Vertx vertx = Vertx.vertx();
  private final Tracing tracing = tracing(Map.of());

  private Tracing tracing(Map<String, String> further) {
    var settings = new HashMap<>(receiver.settings());
    settings.putAll(further);
    return Tracing.from(Settings.of(settings), "shed-1", "shed");
  }

  @AfterEach
  void stop() {
    TestNode.await(tracing.stop());
    TestNode.await(vertx.close());
    receiver.close();
  }

  /** Runs work as a request is handled: on its own Vert.x context. */
  private <T> T handling(Callable<T> work) {
    var own = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
    return TestNode.await(own.executeBlocking(work));
  }

  @Test
  void there_is_no_trace_without_an_endpoint() {
    var off = Tracing.from(Settings.of(Map.of("OTEL_TRACES_SAMPLER", "always_on")), "n", "s");
    var headers = MultiMap.caseInsensitiveMultiMap();
    assertThat(off.serve("GET", Optional.of(SAMPLED))).isSameAs(TracingSpan.NONE);
    assertThat(off.process("shed.v1.get", Optional.of(SAMPLED), true)).isSameAs(TracingSpan.NONE);
    off.sending("shed.v1.get", 1, headers).accept(null);
    assertThat(headers.isEmpty()).isTrue();
    assertThat(off.losses()).isEmpty();
  }

  @Test
  void a_setting_that_cannot_be_used_is_a_clear_error() {
    assertThatThrownBy(() -> tracing(Map.of("OTEL_TRACES_SAMPLER", "sometimes")))
        .isInstanceOf(Settings.WrongSetting.class)
        .hasMessageContaining("OTEL_")
        .hasMessageContaining("sometimes");
  }

  @Test
  void the_settings_name_a_node_and_the_sdk_has_nothing_to_warn_of() {
    try (var log = new TestLog()) {
      var own = tracing(Map.of());
      var named =
          tracing(
              Map.of(
                  "OTEL_SERVICE_NAME",
                  "hut",
                  "OTEL_RESOURCE_ATTRIBUTES",
                  "service.instance.id=hut-7,deployment.environment.name=a%20test"));
      own.serve("GET", Optional.of(SAMPLED)).end(null);
      named.serve("PUT", Optional.of(SAMPLED)).end(null);
      assertThat(receiver.await("of the settings", span -> span.name().equals("PUT")).resource())
          .containsEntry("service.name", "hut")
          .containsEntry("service.instance.id", "hut-7")
          .containsEntry("service.namespace", "tradepost")
          .containsEntry("deployment.environment.name", "a test")
          .containsEntry("telemetry.sdk.language", "java");
      assertThat(receiver.await("its own", span -> span.name().equals("GET")).resource())
          .containsEntry("service.name", "shed")
          .containsEntry("service.instance.id", "shed-1");
      TestNode.await(own.stop());
      TestNode.await(named.stop());
      assertThat(warnings(log)).isEmpty();
    }
  }

  @Test
  void a_call_continues_the_trace_of_the_request_that_causes_it() {
    var headers = MultiMap.caseInsensitiveMultiMap();
    handling(
        () -> {
          var request = tracing.process("shed.v1.get", Optional.of(SAMPLED), false);
          var sent =
              request.within(
                  () -> Future.succeededFuture(tracing.sending("barn.v1.get", 2, headers)));
          sent.result().accept(ServiceException.overloaded());
          request.end(new ServiceException(CommonError.NOT_FOUND));
          return null;
        });
    var process = receiver.await("process", span -> span.name().equals("process shed.v1.get"));
    var send = receiver.await("send", span -> span.name().equals("send barn.v1.get"));
    assertThat(process.traceId()).isEqualTo(TRACE);
    assertThat(process.parent()).isEqualTo("00f067aa0ba902b7");
    assertThat(process.attributes())
        .containsEntry("messaging.destination.name", "shed.v1.get")
        .containsEntry("tradepost.refusal", "NOT_FOUND")
        .doesNotContainKey("error.type");
    assertThat(process.resource())
        .containsEntry("service.name", "shed")
        .containsEntry("service.instance.id", "shed-1")
        .containsKey("service.version");
    assertThat(send.isChildOf(process)).isTrue();
    assertThat(send.attributes())
        .containsEntry("tradepost.attempt", "2")
        .containsEntry("error.type", "OVERLOADED");
    assertThat(headers.get(BusHeaders.TRACEPARENT))
        .isEqualTo("00-" + TRACE + "-" + send.id() + "-01");
  }

  @Test
  void what_is_logged_within_a_span_has_the_ids_of_its_request() {
    var logged =
        handling(
            () -> {
              LoggingContext.start("shed", "logged", SAMPLED);
              var request = tracing.process("shed.v1.get", Optional.of(SAMPLED), false);
              return request
                  .within(() -> Future.succeededFuture(LoggingContext.current()))
                  .result();
            });
    assertThat(logged).map(LoggingContext::requestId).contains("logged");
  }

  @Test
  void what_belongs_to_no_sampled_trace_is_left_as_it_is() {
    var headers = MultiMap.caseInsensitiveMultiMap();
    assertThat(tracing.process("shed.v1.get", Optional.of(NOT_SAMPLED), true))
        .isSameAs(TracingSpan.NONE);
    assertThat(tracing.process("shed.v1.get", Optional.empty(), false)).isSameAs(TracingSpan.NONE);
    handling(() -> tracing.sending("barn.v1.get", 1, headers));
    assertThat(headers.isEmpty()).isTrue();
  }

  @Test
  void work_that_several_requests_have_caused_is_linked_to_each() {
    var causes = Arrays.asList(null, NOT_SAMPLED, SAMPLED, ANOTHER, SAMPLED);
    handling(() -> tracing.causedBy(causes, "settle", () -> Future.succeededFuture(1)).result());
    var settle = receiver.await("settle", span -> span.name().equals("settle"));
    assertThat(settle.traceId()).isEqualTo(TRACE);
    assertThat(settle.span().getLinksCount()).isEqualTo(2);
  }

  @Test
  void a_batch_is_linked_to_its_items_and_named_in_their_traces() {
    handling(
        () -> {
          var one = tracing.process("shed.v1.put", Optional.of(SAMPLED), false);
          var other = tracing.process("shed.v1.put", Optional.of(ANOTHER), false);
          var batch = TracingSpan.batch(List.of(TracingSpan.NONE, one, other));
          List.of(batch, one, other).forEach(span -> span.end(null));
          return null;
        });
    var batch = receiver.await("batch", span -> span.name().equals("batch shed.v1.put"));
    var other = receiver.await("other", span -> span.traceId().equals(ANOTHER.substring(3, 35)));
    assertThat(batch.attributes()).containsEntry("tradepost.batch.size", "3");
    assertThat(batch.span().getLinksCount()).isEqualTo(2);
    assertThat(batch.isLinkedTo(other)).isTrue();
    assertThat(other.event("tradepost.batch.started"))
        .containsEntry("tradepost.batch.span_id", batch.id())
        .containsEntry("tradepost.batch.trace_id", batch.traceId());
  }

  @Test
  void a_request_that_failed_is_exported_though_it_was_not_sampled() {
    for (var code : List.of("OVERLOADED", "UNAVAILABLE")) {
      var request = tracing.serve("GET " + code, Optional.of(NOT_SAMPLED));
      request.failed(code).end(null);
    }
    tracing.serve("GET fine", Optional.of(NOT_SAMPLED)).end(null);
    receiver.await("the failed one", span -> span.name().equals("GET UNAVAILABLE"));
    TestNode.await(tracing.stop());
    assertThat(receiver.spans()).hasSize(1);
  }

  @Test
  void what_waits_at_a_stop_is_exported_by_all_exporters() {
    try (var log = new TestLog()) {
      var stopping =
          tracing(
              Map.of(
                  "OTEL_TRACES_EXPORTER", "otlp,zipkin",
                  "OTEL_EXPORTER_ZIPKIN_ENDPOINT", receiver.zipkin(),
                  "OTEL_BSP_SCHEDULE_DELAY", "60000"));
      stopping.serve("GET", Optional.of(SAMPLED)).end(null);
      stopping.serve("PUT", Optional.of(NOT_SAMPLED)).failed("UNAVAILABLE").end(null);
      TestNode.await(stopping.stop());
      assertThat(receiver.spans()).map(ReceivedSpan::name).containsExactlyInAnyOrder("GET", "PUT");
      assertThat(receiver.zipkinSpans()).hasSize(2);
      assertThat(log.of("HttpExporter")).isEmpty();
    }
  }

  @Test
  void nothing_is_exported_when_nothing_may_be_sampled() {
    var never = tracing(Map.of("OTEL_TRACES_SAMPLER", "always_off"));
    var request = never.serve("GET", Optional.of(SAMPLED));
    request.failed("UNAVAILABLE").end(null);
    assertThat(request.isRecording()).isFalse();
    TestNode.await(never.stop());
    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void zipkin_gets_spans_in_its_own_format() {
    var toZipkin =
        tracing(
            Map.of(
                "OTEL_TRACES_EXPORTER",
                "zipkin",
                "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
                receiver.zipkin()));
    var one = toZipkin.process("shed.v1.put", Optional.of(SAMPLED), false);
    var batch = TracingSpan.batch(List.of(one));
    batch.end(null);
    one.end(ServiceException.overloaded());
    var spans = await().until(receiver::zipkinSpans, received -> received.size() == 2);
    TestNode.await(toZipkin.stop());
    var sent = spans.get(1);
    assertThat(sent.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(sent.path("parentId").asText()).isEqualTo("00f067aa0ba902b7");
    assertThat(sent.path("kind").asText()).isEqualTo("CONSUMER");
    assertThat(sent.at("/localEndpoint/serviceName").asText()).isEqualTo("shed");
    assertThat(sent.at("/tags/error").asText()).isEqualTo("OVERLOADED");
    assertThat(sent.at("/annotations/0/value").asText())
        .startsWith("tradepost.batch.started {")
        .contains(spans.get(0).path("id").asText());
    assertThat(spans.get(0).at("/tags/links").asText())
        .isEqualTo(TRACE + "/" + sent.path("id").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp", "zipkin"})
  void spans_that_the_receiver_rejects_are_counted_and_logged(String exporter) {
    var nothing = receiver.zipkin().replace("/api/", "/nothing/");
    try (var log = new TestLog()) {
      var rejected =
          tracing(
              Map.of(
                  "OTEL_TRACES_EXPORTER", exporter,
                  "OTEL_EXPORTER_OTLP_ENDPOINT", nothing,
                  "OTEL_EXPORTER_ZIPKIN_ENDPOINT", nothing));
      rejected.serve("GET", Optional.of(SAMPLED)).end(null);
      await().until(() -> rejected.losses().orElseThrow().failed() == 1);
      assertThat(warnings(log)).filteredOn(text -> text.contains("404")).hasSize(1);
      TestNode.await(rejected.stop());
    }
  }

  private static List<String> warnings(TestLog log) {
    return log.of("").stream()
        .filter(line -> line.path("log.level").asText().equals("WARN"))
        .map(line -> line.path("message").asText())
        .toList();
  }

  @Test
  void a_zipkin_that_is_unavailable_is_logged_once() {
    receiver.kill();
    try (var log = new TestLog()) {
      var toZipkin =
          tracing(
              Map.of(
                  "OTEL_TRACES_EXPORTER",
                  "zipkin",
                  "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
                  receiver.zipkin()));
      for (var i = 1; i <= 3; i++) {
        var sent = i;
        toZipkin.serve("GET", Optional.of(SAMPLED)).end(null);
        await().until(() -> toZipkin.losses().orElseThrow().failed() == sent);
      }
      assertThat(warnings(log)).filteredOn(text -> text.contains("ConnectException")).hasSize(1);
      TestNode.await(toZipkin.stop());
    }
  }

  @Test
  void spans_for_which_there_is_no_room_are_counted() {
    receiver.kill();
    var small =
        tracing(
            Map.of(
                "OTEL_BSP_MAX_QUEUE_SIZE", "16",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10",
                "OTEL_BSP_SCHEDULE_DELAY", "60000"));
    for (var i = 0; i < 1_000; i++) {
      small.serve("GET", Optional.of(SAMPLED)).end(null);
    }
    var losses = small.losses().orElseThrow();
    assertThat(losses.dropped()).isPositive();
    assertThat(losses.maxWaiting()).isEqualTo(16);
    assertThat(losses.waiting()).isLessThanOrEqualTo(16);
    TestNode.await(small.stop());
  }
}
