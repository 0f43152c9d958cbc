package org.tradepost.common.runtime;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.contract.Trust;
import org.tradepost.common.identity.ClusterProof;
import org.tradepost.common.json.WireJson;

/**
 * The keys and revocations that the authentication service published last, in a map of which each
 * node has a copy: a node that starts while that service is unavailable can verify tokens too.
 *
 * <p>Only an entry with the proof of the cluster's secret is believed.
 */
final class SharedKeys {

  private static final String MAP = "tradepost.keys";
  private static final String ENTRY = "trust";
  private static final String PURPOSE = "keys";
  private static final Logger log = LoggerFactory.getLogger(SharedKeys.class);

  private final Vertx vertx;
  private final ClusterProof proof;
  private final Supplier<HazelcastInstance> hazelcast;
  private volatile ReplicatedMap<String, String> map;
  private Future<Void> writing = Future.succeededFuture();

  SharedKeys(Vertx vertx, ClusterProof proof, Supplier<HazelcastInstance> hazelcast) {
    this.vertx = vertx;
    this.proof = proof;
    this.hazelcast = hazelcast;
  }

  /** Begins to hold a copy. */
  Future<Void> open() {
    return vertx.executeBlocking(
        () -> {
          map = hazelcast.get().getReplicatedMap(MAP);
          return null;
        });
  }

  /** What this node's copy has; it is read from memory. */
  Optional<Trust> read() {
    return Optional.ofNullable(map.get(ENTRY)).flatMap(this::parse);
  }

  /** Puts it where every node has it. A write under way is not waited for: the next one follows. */
  synchronized void write(Trust trust) {
    var text = WireJson.writeText(trust);
    var entry = proof.of(PURPOSE, text) + "\n" + text;
    if (writing.isComplete() && !entry.equals(map.get(ENTRY))) {
      writing =
          vertx
              .<Void>executeBlocking(
                  () -> {
                    map.put(ENTRY, entry);
                    return null;
                  },
                  false)
              .onFailure(failure -> log.warn("the keys were not shared: {}", failure.getMessage()));
    }
  }

  private Optional<Trust> parse(String entry) {
    var end = entry.indexOf('\n');
    var text = entry.substring(end + 1);
    if (end < 0 || !proof.holds(PURPOSE, text, entry.substring(0, end))) {
      log.warn("the shared keys do not carry the proof of this cluster's secret and are ignored");
      return Optional.empty();
    }
    try {
      return Optional.of(WireJson.read(text, Trust.class));
    } catch (UncheckedIOException | IllegalArgumentException foreign) {
      log.warn("the shared keys cannot be read: {}", foreign.getMessage());
      return Optional.empty();
    }
  }
}
