package org.tradepost.platform.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.MemberAttributeConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.cluster.NodeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tradepost.platform.config.HostName;

/** What each node publishes about itself in Hazelcast, known even while it is unresponsive. */
public final class Members {

  private static final String NAME = "tradepost.name";
  private static final String SERVICES = "tradepost.services";
  private static final String TLS = "tradepost.tls";

  private final Membership membership;

  public Members(Membership membership) {
    this.membership = membership;
  }

  /**
   * A node as the cluster knows it.
   *
   * @param id the id that Vert.x gave it
   * @param name the name that its operator gave it
   * @param services the services that run on it
   * @param member the address of its member port
   * @param tls whether it uses TLS on the event bus
   * @param secret whether it has this node's secret
   */
  public record Known(
      String id,
      String name,
      List<String> services,
      String member,
      boolean tls,
      NodeProof.Secret secret) {}

  static void describe(NodeConfig node, MemberAttributeConfig attributes) {
    attributes.setAttribute(NAME, node.name());
    attributes.setAttribute(SERVICES, String.join(",", node.services()));
    attributes.setAttribute(TLS, Boolean.toString(node.eventBus().tls().isPresent()));
  }

  /** All nodes, including this one, oldest first; none once this node has left the cluster. */
  public List<Known> all() {
    return membership.members().stream().map(this::known).toList();
  }

  public List<Known> others() {
    return all().stream().filter(node -> !node.id().equals(membership.getNodeId())).toList();
  }

  /** The ids of the nodes that have this node's secret, oldest first. */
  public List<String> trusted() {
    return all().stream()
        .filter(node -> node.secret() == NodeProof.Secret.SAME)
        .map(Known::id)
        .toList();
  }

  public Known own() {
    return known(membership.getHazelcastInstance().getCluster().getLocalMember());
  }

  /**
   * Why this node must not serve: more nodes have another secret than have this one's, or equally
   * many, including the oldest. Members that show no secret are mere clients and do not count.
   */
  public Optional<String> disagreement() {
    var same = all().stream().filter(node -> node.secret() == NodeProof.Secret.SAME).toList();
    var other = all().stream().filter(node -> node.secret() == NodeProof.Secret.OTHER).toList();
    var outvoted =
        other.size() > same.size()
            || (!other.isEmpty()
                && other.size() == same.size()
                && all().indexOf(other.get(0)) < all().indexOf(same.get(0)));
    return outvoted
        ? Optional.of(
            "TRADEPOST_CLUSTER_SECRET differs from that of "
                + other.stream().map(Known::name).collect(Collectors.joining(", ")))
        : Optional.empty();
  }

  /** The address at which this node says that it is reached on the event bus. */
  public String ownAddress() {
    var own = membership.ownNodeInfo();
    return HostName.beforePort(own.host()) + ":" + own.port();
  }

  private Known known(Member member) {
    var services = String.valueOf(member.getAttribute(SERVICES));
    return new Known(
        member.getAttribute(NodeProof.NODE_ID),
        member.getAttribute(NAME),
        Arrays.stream(services.split(",")).filter(service -> !service.isEmpty()).toList(),
        HostName.beforePort(member.getAddress().getHost()) + ":" + member.getAddress().getPort(),
        Boolean.parseBoolean(member.getAttribute(TLS)),
        membership.secret(member));
  }

  /** The address of a node on the event bus; fails while it is not known. */
  public Future<NodeInfo> eventBusAddress(String nodeId) {
    Promise<NodeInfo> found = Promise.promise();
    membership.getNodeInfo(nodeId, found);
    return found.future();
  }
}
