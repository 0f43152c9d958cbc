package org.tradepost.platform.testing;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;

/** Several nodes of one cluster in this JVM, isolated from other clusters. */
public final class TestCluster {

  private static final int MAX_NODES = 5;

  private final Map<String, String> common = TestNode.settings();
  private final List<Integer> ports = FreePorts.find(MAX_NODES);
  private final List<ClusterNode> nodes = new ArrayList<>();

  public TestCluster() {
    common.put(
        "TRADEPOST_CLUSTER_MEMBERS",
        ports.stream().map(Loopback::hostAndPort).collect(Collectors.joining(",")));
  }

  /** The configuration of one more node. */
  public NodeConfig config(String name, Map<String, String> own, String... services) {
    var settings = new HashMap<>(common);
    settings.putAll(own);
    settings.put("TRADEPOST_NODE_NAME", name);
    settings.put("TRADEPOST_CLUSTER_PORT", ports.remove(0).toString());
    return NodeConfig.from(Settings.of(settings), services);
  }

  public ClusterNode start(NodeConfig config) {
    var node = TestNode.await(ClusterNode.start(config));
    nodes.add(node);
    return node;
  }

  public ClusterNode start(String name, String... services) {
    return start(config(name, Map.of(), services));
  }

  /** Stops one of the nodes. */
  public void stop(ClusterNode node) {
    nodes.remove(node);
    TestNode.await(node.stop());
  }

  /** Forgets a node that has ended without being stopped. */
  public void forget(ClusterNode node) {
    nodes.remove(node);
  }

  /** Stops all remaining nodes at once. */
  public void stop() {
    TestNode.await(Future.join(nodes.stream().map(ClusterNode::stop).toList()));
    nodes.clear();
  }
}
