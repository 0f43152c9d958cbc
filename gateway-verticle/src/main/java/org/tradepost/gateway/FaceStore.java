package org.tradepost.gateway;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.runtime.ProvenMap;

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

  FaceStore(ProvenMap map) {
    this.map = map;
  }

  /** The descriptions by service; empty for a service that was forgotten. */
  Map<String, Optional<PublishedFace>> all() {
    var all = new TreeMap<String, Optional<PublishedFace>>();
    map.all()
        .forEach(
            (service, text) -> {
              if (text.equals(FORGOTTEN)) {
                all.put(service, Optional.empty());
              } else {
                read(text).ifPresent(face -> all.put(service, Optional.of(face)));
              }
            });
    return all;
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
