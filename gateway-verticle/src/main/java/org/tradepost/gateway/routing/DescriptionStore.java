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
 * The API descriptions of all services ever seen, in a map that all gateways share, so that a new
 * gateway knows unavailable services too. A removed service leaves a marker, so that no gateway
 * puts back what it still knows.
 */
final class DescriptionStore {

  static final String MAP = "tradepost.descriptions";
  private static final String REMOVED = "forgotten";
  private static final Logger log = LoggerFactory.getLogger(DescriptionStore.class);

  private final SignedMap map;

  /** The text of each service when it was last read, with its description. */
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(String text, Optional<PublishedDescription> description) {}

  DescriptionStore(SignedMap map) {
    this.map = map;
  }

  /** Returns the descriptions by service; empty for a service that was removed. */
  Map<String, Optional<PublishedDescription>> all() {
    var all = new TreeMap<String, Optional<PublishedDescription>>();
    map.all().forEach((service, text) -> put(all, service, text));
    return all;
  }

  private void put(Map<String, Optional<PublishedDescription>> all, String service, String text) {
    if (text.equals(REMOVED)) {
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
    if (last.description().isPresent()) {
      all.put(service, last.description());
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
    return map.putIfChanged(published.description().service(), published.text());
  }

  Future<Void> remove(String service) {
    return map.putIfChanged(service, REMOVED);
  }

  /** Runs the listener after every change, on a thread of Hazelcast. */
  void onChange(Runnable listener) {
    map.onChange(listener);
  }
}
