package org.tradepost.gateway.routing;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.cluster.SignedMap;

/**
 * The API descriptions of all services that were ever seen, in a map that all gateways share: a
 * service that is away is known to a new gateway too. One that is forgotten leaves a mark, so that
 * no gateway puts back what it still knows.
 */
final class DescriptionStore {

  static final String MAP = "tradepost.faces";
  private static final String FORGOTTEN = "forgotten";
  private static final Logger log = LoggerFactory.getLogger(DescriptionStore.class);

  private final SignedMap map;

  /** What each service's text was when it was last read. */
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(String text, Optional<PublishedDescription> face) {}

  DescriptionStore(SignedMap map) {
    this.map = map;
  }

  /** The descriptions by service; empty for a service that was forgotten. */
  Map<String, Optional<PublishedDescription>> all() {
    var all = new TreeMap<String, Optional<PublishedDescription>>();
    map.all().forEach((service, text) -> put(all, service, text));
    return all;
  }

  private void put(Map<String, Optional<PublishedDescription>> all, String service, String text) {
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

  private static Optional<PublishedDescription> read(String text) {
    try {
      return Optional.of(PublishedDescription.read(text));
    } catch (RuntimeException malformed) {
      log.warn("a stored API description cannot be read: {}", malformed.getMessage());
      return Optional.empty();
    }
  }

  Future<Void> keep(PublishedDescription published) {
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
