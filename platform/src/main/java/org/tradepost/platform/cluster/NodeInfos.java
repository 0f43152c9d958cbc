package org.tradepost.platform.cluster;

import com.hazelcast.map.IMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.identity.ClusterProof;

/**
 * The addresses of the nodes on the event bus, in the map that Vert.x keeps for them. Any member
 * can write there, so the address of a node with the cluster secret counts only if that node wrote
 * it.
 */
final class NodeInfos {

  private final Membership membership;
  private final ClusterProof proof;
  private final Lookups<NodeInfo> lookups;
  private final Map<String, NodeInfo> remembered = new ConcurrentHashMap<>();

  NodeInfos(Vertx vertx, Membership membership) {
    this.membership = membership;
    this.proof = membership.proof();
    this.lookups =
        new Lookups<>(
            vertx,
            membership.calls(),
            this::read,
            id -> Optional.ofNullable(remembered.get(id)),
            (id, late) -> {});
  }

  /** The shared map, by the ids of the nodes. */
  IMap<String, HazelcastNodeInfo> shared() {
    return membership.getHazelcastInstance().getMap("__vertx.nodeInfo");
  }

  /** The address of a node, from memory if the lookup takes long. */
  Future<NodeInfo> get(String nodeId) {
    return lookups.get(nodeId);
  }

  private NodeInfo read(String nodeId) {
    var shown = shared().get(nodeId);
    if (shown == null) {
      throw new VertxException("node " + nodeId + " is not a member of the cluster", true);
    }
    if (!isCredible(nodeId, shown.unwrap())) {
      throw new VertxException(
          "another member has written the event bus address of node " + nodeId, true);
    }
    remembered.put(nodeId, shown.unwrap());
    return shown.unwrap();
  }

  /** Remembers what a copy of the map says. */
  void learn(Map<String, NodeInfo> copy) {
    copy.forEach(
        (nodeId, info) -> {
          if (isCredible(nodeId, info)) {
            remembered.put(nodeId, info);
          }
        });
  }

  /** Requests go to this address, so it must not be one that another member has chosen. */
  private boolean isCredible(String nodeId, NodeInfo info) {
    return !membership.isProven(nodeId) || NodeProof.isAuthentic(nodeId, info, proof);
  }

  void forget(String nodeId) {
    remembered.remove(nodeId);
  }
}
