package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.ExposedMetrics;

/** Checks rules, alerts and dashboards with a real Prometheus that scrapes a cluster. */
abstract class PrometheusMonitoring extends ClusterFailures {

  private static final Path DASHBOARDS = PrometheusServer.CONFIGURATION.resolveSibling("grafana");
  private static final String MANAGEMENT = "TRADEPOST_MANAGEMENT_PORT";
  private static final List<String> SERVICES = List.of("auth", "product", "order", "gateway");

  /** Prometheus scrapes and evaluates every second here, and every 5 seconds as it is shipped. */
  private static final Duration FIRES_WITHIN = Duration.ofSeconds(30 - 2 * 4);

  private static PrometheusServer prometheus;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    assumeThat(PrometheusServer.isInstalled()).as("Prometheus is installed here").isTrue();
    cluster.require(SERVICES.toArray(String[]::new));
    prometheus = new PrometheusServer(directory, targets());
    prometheus.awaitReady();
    // Only what is counted after a first scrape has a rate.
    awaitAllScraped();
    tradeForAWhile();
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  private static void awaitAllScraped() {
    await()
        .untilAsserted(
            () ->
                assertThat(prometheus.query("up{job=\"tradepost\"} == 1"))
                    .hasSameSizeAs(targets()));
  }

  private static List<String> targets() {
    return SERVICES.stream()
        .flatMap(service -> cluster.living(service).stream())
        .map(process -> URI.create(process.url(MANAGEMENT)).getAuthority())
        .toList();
  }

  /** Does everything that customers and administrators do, and some things that are rejected. */
  private static void tradeForAWhile() {
    var shop = ShopCluster.shop(cluster.living("gateway").get(0));
    var admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    var lamp = shop.newProduct(admin, 5);
    var customer = shop.newCustomer();
    for (var i = 0; i < 3; i++) {
      var key = UUID.randomUUID().toString();
      var order = shop.order(customer, lamp, 1, key).expect(201);
      shop.post("/v1/orders/" + order.id() + "/cancel", customer, new HashMap<>()).expect(200);
      shop.get("/v1/products/" + lamp, null).expect(200);
    }
    shop.order(customer, lamp, 100, "too many").expect(409);
    shop.get("/v1/orders/" + UUID.randomUUID(), customer).expect(404);
  }

  @Test
  void its_configuration_its_rules_and_their_tests_are_accepted() {
    for (var check :
        List.of(
            List.of("check", "config", file("prometheus.yml")),
            List.of("check", "config", file("prometheus-dns.yml")),
            List.of("check", "rules", file("rules/recording.yml"), file("rules/alerts.yml")),
            List.of("test", "rules", file("tests/alerts.yml")))) {
      var run = PrometheusServer.promtool(check.toArray(String[]::new));
      assertThat(run.status()).as("%s: %s", check, run.output()).isZero();
    }
  }

  private static String file(String name) {
    return PrometheusServer.CONFIGURATION.resolve(name).toString();
  }

  @Test
  void every_alert_has_a_test() throws IOException {
    var tests = Files.readString(PrometheusServer.CONFIGURATION.resolve("tests/alerts.yml"));
    var alerts =
        Files.readString(PrometheusServer.CONFIGURATION.resolve("rules/alerts.yml"))
            .lines()
            .filter(line -> line.contains("- alert: "))
            .map(line -> line.substring(line.indexOf(": ") + 2))
            .toList();
    assertThat(alerts)
        .hasSizeGreaterThan(9)
        .allSatisfy(
            alert -> assertThat(tests).containsPattern("alertname: " + alert + "\n +exp_alerts"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "product", "order", "gateway"})
  void the_metrics_of_every_service_follow_the_conventions(String service) {
    var shown =
        ExposedMetrics.of(cluster.living(service).get(0).url(MANAGEMENT), ExposedMetrics.PLAIN);
    var run = PrometheusServer.promtoolReading(shown.text(), "check", "metrics");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).isEmpty();
  }

  @Test
  void every_expression_of_the_dashboards_returns_data() throws IOException {
    var expressions = new ArrayList<String>();
    try (var files = Files.list(DASHBOARDS)) {
      for (var file : files.toList()) {
        WireJson.mapper()
            .readTree(file.toFile())
            .findValuesAsText("expr")
            .forEach(expressions::add);
      }
    }
    assertThat(expressions).hasSizeGreaterThan(40);
    for (var expression : expressions) {
      var query = expression.replace("$__rate_interval", "10s").replace("$service", "order");
      await().untilAsserted(() -> assertThat(prometheus.query(query)).as(query).isNotEmpty());
    }
  }

  @Test
  void an_exemplar_leads_from_a_graph_to_a_trace() {
    var shop = ShopCluster.shop(cluster.living("gateway").get(0));
    var admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var sampled = "00-" + trace + "-00f067aa0ba902b7-01";
    await()
        .untilAsserted(
            () -> {
              shop.post("/v1/products", admin, Map.of(), "traceparent", sampled).expect(400);
              assertThat(
                      prometheus
                          .exemplars("tradepost_http_duration_seconds_bucket")
                          .findValuesAsText("trace_id"))
                  .contains(trace);
            });
  }

  @Test
  void the_death_of_the_last_instance_fires_its_alert_until_another_runs() {
    assertThat(withoutInstance()).isEmpty();
    var all = cluster.living("order");
    all.forEach(ServiceProcess::kill);
    await().atMost(FIRES_WITHIN).until(() -> withoutInstance().equals(List.of("order")));
    all.forEach(one -> cluster.restart(one, Host.LOCAL));
    cluster.awaitReady();
    await().atMost(FIRES_WITHIN).until(() -> withoutInstance().isEmpty());
    awaitAllScraped();
  }

  private static List<String> withoutInstance() {
    return prometheus.firing("TradepostServiceWithoutInstance").stream()
        .map(labels -> labels.path("service").asText())
        .toList();
  }
}
