package org.tradepost.platform.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.MemberAttributeConfig;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.NodeInfo;
import org.tradepost.common.identity.ClusterProof;

/**
 * The proof in a node's member attributes that the node has the cluster secret. It is bound to the
 * node's id, which Vert.x creates when the node joins. The node's address on the event bus, which
 * every member can write, carries another proof.
 */
public final class NodeProof extends MemberAttributeConfig {

  static final String NODE_ID = "__vertx.nodeId";

  private static final String ATTRIBUTE = "tradepost.proof";
  private static final String PURPOSE = "node";

  /** Builds of one cluster must agree on it, so it never changes. */
  private static final String ADDRESS_PURPOSE = "place of node";

  private final ClusterProof proof;

  /** What a member's proof shows. */
  public enum Secret {
    /** The secret of this node. */
    SAME,
    /** Another secret, or a proof that was copied from another node. */
    OTHER,
    /** None: the member may call services and receive published messages, but serves nothing. */
    NONE
  }

  /** Creates attributes to which the proof is added together with the id. */
  NodeProof(ClusterProof proof) {
    this.proof = proof;
  }

  @Override
  public MemberAttributeConfig setAttribute(String key, String value) {
    if (key.equals(NODE_ID)) {
      super.setAttribute(ATTRIBUTE, proof.of(PURPOSE, value));
    }
    return super.setAttribute(key, value);
  }

  /** Adds to a node's address on the event bus the proof that the node itself wrote it. */
  static NodeInfo sign(String nodeId, NodeInfo address, ClusterProof proof) {
    var metadata = address.metadata() == null ? new JsonObject() : address.metadata().copy();
    metadata.put(ATTRIBUTE, proof.of(ADDRESS_PURPOSE, text(nodeId, address)));
    return new NodeInfo(address.host(), address.port(), metadata);
  }

  /** Whether the node itself wrote this address. */
  static boolean isAuthentic(String nodeId, NodeInfo address, ClusterProof proof) {
    return address.metadata() != null
        && address.metadata().getValue(ATTRIBUTE) instanceof String shown
        && proof.holds(ADDRESS_PURPOSE, text(nodeId, address), shown);
  }

  private static String text(String nodeId, NodeInfo address) {
    return nodeId + "\n" + address.host() + "\n" + address.port();
  }

  static Shown shown(Member member) {
    return new Shown(member.getAttribute(NODE_ID), member.getAttribute(ATTRIBUTE));
  }

  /**
   * What a member shows in its attributes, which never change.
   *
   * @param nodeId the id of its node; null if it is not a Vert.x node
   * @param proof null if it shows none
   */
  record Shown(String nodeId, String proof) {

    Secret check(ClusterProof own) {
      if (proof == null) {
        return Secret.NONE;
      }
      return own.holds(PURPOSE, nodeId, proof) ? Secret.SAME : Secret.OTHER;
    }
  }
}
