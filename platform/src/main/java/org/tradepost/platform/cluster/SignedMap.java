package org.tradepost.platform.cluster;

import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.EntryEventType;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.replicatedmap.ReplicatedMap;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.identity.ClusterProof;

/**
 * Texts by key that all nodes share. Each node has its own copy, so reads never wait. Each entry
 * carries the proof that a node with the cluster secret wrote it; other entries are ignored.
 */
public final class SignedMap {

  private static final int MAX_REPORTED_KEYS = 100;
  private static final Logger log = LoggerFactory.getLogger(SignedMap.class);

  private final BlockingCalls calls;
  private final ClusterProof proof;
  private final String name;
  private final ReplicatedMap<Object, Object> map;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** The last entry of each key whose proof was valid. */
  final Map<String, String> checked = new ConcurrentHashMap<>();

  /** Must not be called on an event loop: it may wait for Hazelcast. */
  SignedMap(Membership membership, String name) {
    this.calls = membership.calls();
    this.proof = membership.proof();
    this.name = name;
    this.map = membership.getHazelcastInstance().getReplicatedMap(name);
    map.addEntryListener(
        new EntryAdapter<>() {
          @Override
          public void onEntryEvent(EntryEvent<Object, Object> event) {
            if (event.getEventType() == EntryEventType.REMOVED) {
              checked.remove(event.getKey());
            }
            if (event.getEventType() == EntryEventType.UPDATED
                && Objects.equals(event.getOldValue(), event.getValue())) {
              return; // Written again, for the nodes that lack it.
            }
            listeners.forEach(Runnable::run);
          }
        });
  }

  /** Runs the listener after every change that this node sees, on a thread of Hazelcast. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The text of a key in this node's copy. */
  public Optional<String> get(String key) {
    try {
      return Optional.ofNullable(map.get(key)).flatMap(entry -> proven(key, entry));
    } catch (HazelcastException e) {
      report(key, e.getMessage());
      return Optional.empty();
    }
  }

  /** All texts in this node's copy, by key. */
  public Map<String, String> all() {
    var all = new TreeMap<String, String>();
    for (var key : map.keySet()) {
      if (key instanceof String text) {
        get(text).ifPresent(value -> all.put(text, value));
      }
    }
    return all;
  }

  /** Sets the text of a key, unless this node's copy has it already. */
  public Future<Void> putIfChanged(String key, String text) {
    return get(key).filter(text::equals).isPresent() ? Future.succeededFuture() : put(key, text);
  }

  /** Sets the text of a key. */
  public Future<Void> put(String key, String text) {
    var entry = proof.of(purpose(key), text) + "\n" + text;
    return write(() -> map.put(key, entry));
  }

  public Future<Void> remove(String key) {
    return write(() -> map.remove(key));
  }

  private Future<Void> write(Runnable change) {
    return calls.run(Executors.callable(change)).mapEmpty();
  }

  private Optional<String> proven(String key, Object entry) {
    if (entry instanceof String text) {
      var end = text.indexOf('\n');
      var content = text.substring(end + 1);
      if (text.equals(checked.get(key))) {
        return Optional.of(content);
      }
      if (end >= 0 && proof.holds(purpose(key), content, text.substring(0, end))) {
        checked.put(key, text);
        return Optional.of(content);
      }
    }
    report(key, "it does not carry the proof of the cluster's secret");
    return Optional.empty();
  }

  private void report(String key, String why) {
    if (reported.size() < MAX_REPORTED_KEYS && reported.add(key)) {
      log.warn("the entry {} of {} is ignored: {}", key, name, why);
    }
  }

  /** Binds a proof to one key of one map, so that no entry passes for another. */
  private String purpose(String key) {
    return name + "/" + key;
  }
}
