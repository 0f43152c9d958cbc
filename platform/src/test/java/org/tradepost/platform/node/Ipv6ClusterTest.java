package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestNode;

/** Nodes that reach each other over IPv6 only. */
class Ipv6ClusterTest {

  @Test
  void two_nodes_meet_and_talk() throws IOException {
    assumeIpv6();
    var ports = FreePorts.find(2);
    var settings = new HashMap<>(TestNode.settings());
    settings.put("TRADEPOST_HOST", "::1");
    settings.put("TRADEPOST_MANAGEMENT_HOST", "[::1]");
    settings.put("TRADEPOST_CLUSTER_MEMBERS", "[::1]:" + ports.get(0) + ",[::1]:" + ports.get(1));
    var first = start(settings, "first", ports.get(0));
    try {
      var second = start(settings, "second", ports.get(1));
      await()
          .untilAsserted(
              () -> {
                var nodes = topology(second).path("nodes");
                assertThat(nodes.findValuesAsText("name")).contains("first", "second");
                assertThat(nodes.findValuesAsText("unresponsive"))
                    .containsExactly("false", "false");
                assertThat(nodes.findValuesAsText("member"))
                    .allSatisfy(member -> assertThat(member).startsWith("[").contains("]:"));
              });
      TestNode.await(second.stop());
    } finally {
      TestNode.await(first.stop());
    }
  }

  private static ClusterNode start(Map<String, String> common, String name, int port) {
    var settings = new HashMap<>(common);
    settings.put("TRADEPOST_NODE_NAME", name);
    settings.put("TRADEPOST_CLUSTER_PORT", Integer.toString(port));
    return TestNode.await(ClusterNode.start(NodeConfig.from(Settings.of(settings))));
  }

  private static void assumeIpv6() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
      assumeThat(socket.isBound()).isTrue();
    } catch (IOException e) {
      assumeThat(e).as("an address of IPv6").isNull();
    }
  }

  private static JsonNode topology(ClusterNode node) throws IOException, InterruptedException {
    var uri = URI.create("http://[::1]:" + node.health().port() + "/topology");
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return WireJson.mapper().readTree(answer.body());
  }
}
