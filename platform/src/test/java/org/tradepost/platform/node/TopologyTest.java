package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.EventBusConfig;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.testing.TestCluster;

/** Three nodes, one of which publishes an address where nothing listens. */
class TopologyTest {

  private static final String WRONG_HOST = "127.0.0.9";
  private static TestCluster cluster;
  private static final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
  private static ClusterNode early;
  private static ClusterNode late;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    warnings.start();
    ((Logger) LoggerFactory.getLogger(JoinCheck.class)).addAppender(warnings);
    early = cluster.start("early", "order", "product");
    cluster.start(unreachable(cluster.config("wrong", Map.of(), "order")));
    late = cluster.start("late", "order");
    late.metrics().queue("notes", () -> 3, 9);
    late.metrics().backlog("letters", () -> Future.succeededFuture(Map.of("held", 7)));
    late.metrics().backlog("stones", () -> Future.failedFuture("lost"));
  }

  private static NodeConfig unreachable(NodeConfig config) {
    return new NodeConfig(
        config.name(),
        config.services(),
        config.cluster(),
        new EventBusConfig(Loopback.ADDRESS, WRONG_HOST, 0, Optional.empty()),
        config.secret(),
        config.managementHost(),
        config.managementPort());
  }

  @AfterAll
  static void stop() {
    ((Logger) LoggerFactory.getLogger(JoinCheck.class)).detachAppender(warnings);
    cluster.stop();
  }

  @Test
  void nodes_that_cannot_talk_are_named_with_the_likely_setting() {
    await()
        .untilAsserted(
            () -> {
              assertThat(warnings())
                  .anySatisfy(
                      words ->
                          assertThat(words)
                              .startsWith("wrong and early cannot reach each other")
                              .contains("wrong cannot connect to " + WRONG_HOST)
                              .contains(
                                  "the address that wrong publishes", "TRADEPOST_PUBLIC_HOST"));
              assertThat(warnings())
                  .anySatisfy(
                      words ->
                          assertThat(words)
                              .startsWith("late and wrong cannot reach each other")
                              .contains("late cannot connect to " + WRONG_HOST)
                              .contains("TRADEPOST_EVENTBUS_PORT of wrong"));
            });
    assertThat(warnings()).hasSize(2);
  }

  private static List<String> warnings() {
    return List.copyOf(warnings.list).stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void one_node_tells_of_all_and_names_those_that_are_unresponsive() {
    var nodes = topology(early).path("nodes");
    assertThat(nodes.findValuesAsText("name")).containsSubsequence("early", "wrong", "late");
    assertThat(nodes.findValuesAsText("unresponsive")).containsExactly("false", "true", "false");
    assertThat(nodes.get(0).path("upSince").asText()).isNotEmpty();
    assertThat(nodes.get(0).path("upSeconds").asLong(-1)).isNotNegative();
    assertThat(nodes.get(1).path("services").get(0).asText()).isEqualTo("order");
    assertThat(nodes.get(1).path("member").asText())
        .startsWith(HostName.beforePort(hazelcastsName(Loopback.ADDRESS)) + ":");
  }

  @Test
  void instances_are_counted_by_service() {
    var services = topology(late).path("services");
    assertThat(services.findValuesAsText("service")).containsExactly("order", "product");
    assertThat(services.get(0).path("instances").asInt()).isEqualTo(2);
    assertThat(services.get(0).path("nodes").toString()).isEqualTo("[\"early\",\"late\"]");
    assertThat(services.get(0).path("unresponsive").toString()).isEqualTo("[\"wrong\"]");
  }

  @Test
  void each_part_tells_its_figures_or_why_it_cannot() {
    var metrics = topology(early).path("nodes").get(2).path("metrics");
    assertThat(metrics.get(2).toString())
        .isEqualTo("{\"kind\":\"queue\",\"name\":\"notes\",\"values\":{\"most\":9,\"waiting\":3}}");
    assertThat(metrics.get(3).toString())
        .isEqualTo("{\"kind\":\"backlog\",\"name\":\"letters\",\"values\":{\"held\":7}}");
    assertThat(metrics.get(4).path("values").path("unknown").asText()).isEqualTo("lost");
  }

  /** Hazelcast does not shorten IPv6 addresses. */
  private static String hazelcastsName(String address) {
    return address.equals("::1") ? "0:0:0:0:0:0:0:1" : address;
  }

  /** The topology once all nodes but one reply in time; a busy machine may need a while. */
  private static JsonNode topology(ClusterNode node) {
    return await()
        .until(
            () -> read(node),
            topology ->
                Collections.frequency(topology.findValuesAsText("unresponsive"), "true") == 1);
  }

  private static JsonNode read(ClusterNode node) throws IOException, InterruptedException {
    var uri = URI.create(Loopback.url(node.health().port()) + "/topology");
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return WireJson.mapper().readTree(answer.body());
  }
}
