package org.tradepost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.ExposedMetrics;

/** How the requests of clients are measured. */
class RequestMetricsTest {

  private static final String GET_NOTE =
      "{method=\"GET\",operation=\"notes.v1.get\",route=\"/v1/notes/{noteId}\",service=\"notes\"}";
  private static final int PIPELINED = 100;
  private static final String COUNT = "tradepost_http_duration_seconds_count";

  @AutoClose private static GatewaySetup setup;

  private static ClusterNode node;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup("TRADEPOST_RATE_LIMIT", "0", "TRADEPOST_CLIENT_SHARE_PERCENT", "100");
    node = setup.node;
    gateway = setup.gateway;
  }

  @Test
  void a_request_is_measured_at_the_gateway_on_the_way_and_at_its_service() {
    var before = ExposedMetrics.of(node);
    assertThat(gateway.get("/v1/notes/measured").status()).isEqualTo(200);
    await()
        .untilAsserted(
            () -> {
              var after = ExposedMetrics.of(node);
              for (var series :
                  List.of(
                      COUNT + GET_NOTE,
                      "tradepost_operation_duration_seconds_count{operation=\"notes.v1.get\",service=\"notes\"}")) {
                assertThat(after.value(series) - before.value(series)).as(series).isPositive();
              }
              assertThat(after.value(calls("success"))).isPositive();
            });
  }

  private static String calls(String outcome) {
    return "tradepost_calls_total{operation=\"notes.v1.get\",outcome=\"%s\",service=\"notes\"}"
        .formatted(outcome);
  }

  @Test
  void a_rejection_counts_by_its_code() {
    assertThat(gateway.get("/v1/rejections/NOT_FOUND").status()).isEqualTo(404);
    assertThat(gateway.get("/v1/nothing").status()).isEqualTo(404);
    await()
        .untilAsserted(
            () ->
                assertThat(ExposedMetrics.of(node).series().keySet())
                    .anyMatch(
                        series ->
                            series.startsWith("tradepost_http_errors_total{code=\"NOT_FOUND\"")
                                && series.contains("operation=\"notes.v1.reject\""))
                    .anyMatch(
                        series ->
                            series.startsWith("tradepost_http_errors_total{code=\"NOT_FOUND\"")
                                && series.contains("operation=\"none\"")));
  }

  @Test
  void an_exemplar_has_the_trace_that_the_client_sent() {
    var trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    var url = Loopback.url(node.health().port()).toString();
    await()
        .untilAsserted(
            () -> {
              gateway.get("/v1/notes", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
              assertThat(ExposedMetrics.of(url, ExposedMetrics.OPEN_METRICS).text())
                  .containsPattern("notes\\.v1\\.list\".* # \\{.*trace_id=\"" + trace + "\"");
            });
  }

  @Test
  void ten_thousand_hostile_requests_add_no_series() {
    List<IntFunction<String>> attacks =
        List.of(
            i -> "GET /v1/notes/hostile-" + i + "?q" + i + "=x HTTP/1.1\r\n",
            i -> "GET /hostile/" + i + " HTTP/1.1\r\n",
            i -> "BREW" + i + " /v1/notes/" + i + " HTTP/1.1\r\n",
            i -> "GET /v1/notes HTTP/1.1\r\ntraceparent: 00-" + i + "\r\n",
            i -> "GET /v1/rejections/fault HTTP/1.1\r\nX-Request-Id: {}\"\\" + i + "\r\n");
    attack(attacks, 0);
    var before = ownSeries();
    for (var from = 0; from < 10_000; from += PIPELINED) {
      attack(attacks, from);
    }
    assertThat(ownSeries()).isEqualTo(before);
    assertThat(ExposedMetrics.of(node).value(COUNT + GET_NOTE)).isGreaterThan(2_000);
  }

  /** The JVM has others, such as one for each cause of a garbage collection. */
  private static Set<String> ownSeries() {
    return ExposedMetrics.of(node).series().keySet().stream()
        .filter(series -> series.startsWith("tradepost_"))
        .collect(Collectors.toSet());
  }

  private static void attack(List<IntFunction<String>> attacks, int from) {
    var requests =
        IntStream.range(from, from + PIPELINED)
            .mapToObj(i -> attacks.get(i % attacks.size()).apply(i) + "Host: localhost\r\n\r\n")
            .collect(Collectors.joining());
    try (var client = new RawClient(gateway.port())) {
      client.send(requests);
      client.send("GET /v1/notes/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll().split("HTTP/1\\.1 ", -1)).hasSize(PIPELINED + 2);
    }
  }
}
