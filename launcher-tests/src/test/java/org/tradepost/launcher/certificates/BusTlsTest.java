package org.tradepost.launcher.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** Nodes of one Hazelcast cluster, which admits every node; the event bus does not. */
class BusTlsTest {
  /** The timeout of calls that are expected to get no reply. */
  private static final long SHORT_MILLIS = 1_500;

  /** Which node reaches which; each reaches itself. */
  private static final Set<String> REACHED =
      Set.of(
          "order to product",
          "product to order",
          "order to order",
          "product to product",
          "foreign to foreign",
          "plain to plain");

  private final TestCluster cluster = new TestCluster();
  private final Map<String, ClusterNode> nodes = new HashMap<>();
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path directory;

  @BeforeEach
  void start() {
    var ours = made("ours");
    start("order", ours.settings("order"));
    start("product", ours.settings("product"));
    start("foreign", made("theirs").settings("order"));
    start("plain", Map.of());
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void only_nodes_with_a_certificate_of_the_same_ca_reach_each_other() {
    // The first connections of a JVM are slow; later ones are not.
    assertThat(await(call("order", "product"))).isEqualTo("order to product");
    assertThat(await(call("product", "order"))).isEqualTo("product to order");
    var calls =
        nodes.keySet().stream()
            .flatMap(from -> nodes.keySet().stream().map(to -> call(from, to)))
            .toList();
    assertThat(calls.stream().map(TestNode::await))
        .filteredOn(answer -> !answer.isEmpty())
        .containsExactlyInAnyOrderElementsOf(REACHED);
    assertThat(received).hasSameElementsAs(REACHED);
  }

  private Future<String> call(String from, String to) {
    var message = from + " to " + to;
    var timeout = REACHED.contains(message) ? TestNode.TIMEOUT_MILLIS : SHORT_MILLIS;
    return nodes
        .get(from)
        .bus()
        .send(to, Buffer.buffer(message), MultiMap.caseInsensitiveMultiMap(), timeout)
        .map(answer -> answer.body().toString())
        .otherwise("");
  }

  private CertificateDirectory made(String name) {
    var certificates = new CertificateDirectory(directory.resolve(name), Services.BUILT_IN.names());
    certificates.make(List.of(), Duration.ofDays(1));
    return certificates;
  }

  private void start(String name, Map<String, String> tls) {
    var node = cluster.start(cluster.config(name, tls));
    nodes.put(name, node);
    await(
        node.bus()
            .consume(
                name,
                message -> {
                  received.add(message.body().toString());
                  message.reply(message.body());
                })
            .completion());
  }
}
