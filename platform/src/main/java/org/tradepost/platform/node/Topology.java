package org.tradepost.platform.node;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.telemetry.metrics.MetricsSummary;

/**
 * The whole cluster as one node sees it. Asks every node, and lists those that do not reply as
 * unresponsive.
 */
final class Topology {

  private final String cluster;
  private final Members members;
  private final ServiceBus bus;

  Topology(String cluster, Members members, ServiceBus bus) {
    this.cluster = cluster;
    this.members = members;
    this.bus = bus;
  }

  /**
   * The cluster.
   *
   * @param cluster its name
   * @param nodes all nodes, oldest first
   * @param services the services that they run, by name
   */
  record View(String cluster, List<NodeReport> nodes, List<Instances> services) {}

  /**
   * The instances of one service.
   *
   * @param instances how many instances answered
   * @param versions the versions of their API descriptions
   * @param nodes the names of the nodes that answered
   * @param unresponsive the names of the nodes that did not
   */
  record Instances(
      String service,
      int instances,
      Set<String> versions,
      List<String> nodes,
      List<String> unresponsive) {
    private Instances(String service) {
      this(service, 0, new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
    }

    private Instances counted() {
      return new Instances(service, nodes.size(), versions, nodes, unresponsive);
    }
  }

  /**
   * Asks all nodes.
   *
   * @param timeoutMillis how long each may take
   */
  Future<View> read(long timeoutMillis) {
    var asked = members.all().stream().map(node -> ask(node, timeoutMillis)).toList();
    return Future.join(asked)
        .map(done -> asked.stream().map(Future::result).toList())
        .map(nodes -> new View(cluster, nodes, services(nodes)));
  }

  private Future<NodeReport> ask(Members.Known node, long timeoutMillis) {
    return bus.call(
            NodeAddress.report(node.id()), Empty.NOTHING, RequestContext.background(timeoutMillis))
        .otherwise(failure -> NodeReport.unresponsive(node));
  }

  private static List<Instances> services(List<NodeReport> nodes) {
    var found = new TreeMap<String, Instances>();
    for (var node : nodes) {
      var versions = versions(node);
      var names = new LinkedHashSet<>(node.services());
      names.addAll(versions.keySet());
      for (var name : names) {
        var instances = found.computeIfAbsent(name, Instances::new);
        (node.unresponsive() ? instances.unresponsive() : instances.nodes()).add(node.name());
        if (versions.containsKey(name)) {
          instances.versions().add(versions.get(name));
        }
      }
    }
    return found.values().stream().map(Instances::counted).toList();
  }

  private static Map<String, String> versions(NodeReport node) {
    var versions = new TreeMap<String, String>();
    node.metrics().stream()
        .filter(metric -> metric.kind().equals(MetricsSummary.SERVICE))
        .forEach(
            metric -> versions.put(metric.name(), String.valueOf(metric.values().get("version"))));
    return versions;
  }
}
