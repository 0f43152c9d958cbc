package org.tradepost.gateway.routing;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.cluster.ProvenMap;

/**
 * The API descriptions of all services that were ever seen, in a map that all gateways share: a
 * service that is away is known to a new gateway too. One that is forgotten leaves a mark, so that
 * no gateway puts back what it still knows.
 */
final class FaceStore {

  static final String MAP = "tradepost.faces";
  private static final String FORGOTTEN = "forgotten";
  private static final Logger log = LoggerFactory.getLogger(FaceStore.class);

  private final ProvenMap map;

  /** What each service's text was when it was last read. */
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(String text, Optional<PublishedFace> face) {}

  FaceStore(ProvenMap map) {
    this.map = map;
  }

  /** The descriptions by service; empty for a service that was forgotten. */
  Map<String, Optional<PublishedFace>> all() {
    var all = new TreeMap<String, Optional<PublishedFace>>();
    map.all().forEach((service, text) -> put(all, service, text));
    return all;
  }

  private void put(Map<String, Optional<PublishedFace>> all, String service, String text) {
    if (text.equals(FORGOTTEN)) {
      all.put(service, Optional.empty());
      return;
    }
    var last =
        parsed.compute(
            service,
            (name, before) ->
                before != null && before.text().equals(text)
                    ? before
                    : new Parsed(text, read(text)));
    if (last.face().isPresent()) {
      all.put(service, last.face());
    }
  }

  private static Optional<PublishedFace> read(String text) {
    try {
      return Optional.of(PublishedFace.read(text));
    } catch (RuntimeException malformed) {
      log.warn("a stored API description cannot be read: {}", malformed.getMessage());
      return Optional.empty();
    }
  }

  Future<Void> keep(PublishedFace published) {
    return map.put(published.face().service(), published.text());
  }

  Future<Void> forget(String service) {
    return map.put(service, FORGOTTEN);
  }

  /** Runs the listener after every change, on a thread of its own. */
  void onChange(Runnable listener) {
    map.onChange(listener);
  }
}
