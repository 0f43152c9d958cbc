package org.tradepost.platform.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.MemberAttributeConfig;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.NodeInfo;
import org.tradepost.common.identity.ClusterProof;

/**
 * The proof, among a node's member attributes, that it has the cluster's secret. It is bound to the
 * node's id, which Vert.x makes when the node joins. The node's place on the event bus, which every
 * member can write, carries another one.
 */
public final class NodeProof extends MemberAttributeConfig {

  static final String NODE_ID = "__vertx.nodeId";

  private static final String ATTRIBUTE = "tradepost.proof";
  private static final String PURPOSE = "node";
  private static final String PLACE_PURPOSE = "place of node";

  private final ClusterProof proof;

  /** What a member shows. */
  public enum Secret {
    /** The secret of this node. */
    SAME,
    /** Another secret, or one that was copied from another node. */
    OTHER,
    /** None: it may call services and receive what is published, and serves nothing. */
    NONE
  }

  /** Attributes that get the proof together with the id. */
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

  /** The place of a node on the event bus with the proof that it is the node's own word. */
  static NodeInfo withProof(String nodeId, NodeInfo place, ClusterProof proof) {
    var metadata = place.metadata() == null ? new JsonObject() : place.metadata().copy();
    metadata.put(ATTRIBUTE, proof.of(PLACE_PURPOSE, text(nodeId, place)));
    return new NodeInfo(place.host(), place.port(), metadata);
  }

  /** Whether a node has said itself that this is its place. */
  static boolean isOwnWord(String nodeId, NodeInfo place, ClusterProof proof) {
    return place.metadata() != null
        && place.metadata().getValue(ATTRIBUTE) instanceof String shown
        && proof.holds(PLACE_PURPOSE, text(nodeId, place), shown);
  }

  private static String text(String nodeId, NodeInfo place) {
    return nodeId + "\n" + place.host() + "\n" + place.port();
  }

  static Secret check(Member member, ClusterProof proof) {
    var shown = member.getAttribute(ATTRIBUTE);
    if (shown == null) {
      return Secret.NONE;
    }
    return proof.holds(PURPOSE, member.getAttribute(NODE_ID), shown) ? Secret.SAME : Secret.OTHER;
  }
}
