package org.tradepost.gateway.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.description.ApiDescription;

/** The API descriptions that are served now, with their routes, and those that were rejected. */
final class ServedDescriptions {

  private static final Logger log = LoggerFactory.getLogger(ServedDescriptions.class);

  private final PathOwnership ownership;
  private final List<Consumer<ApiDescription>> listeners = new ArrayList<>();

  /** The hash of each service's rejected description; cleared when the served ones change. */
  private final Map<String, String> rejected = new HashMap<>();

  private final Set<String> warned = new HashSet<>();
  private volatile RoutingSnapshot snapshot = new RoutingSnapshot(List.of());

  ServedDescriptions(ReservedPrefixes prefixes) {
    this.ownership = new PathOwnership(prefixes);
  }

  /** Calls the listener with every API description before it is served. */
  void onNew(Consumer<ApiDescription> listener) {
    listeners.add(listener);
  }

  RoutingSnapshot snapshot() {
    return snapshot;
  }

  Optional<PublishedDescription> of(String service) {
    return ownership.of(service);
  }

  Collection<PublishedDescription> all() {
    return ownership.all();
  }

  boolean isRejected(String service, String hash) {
    return hash.equals(rejected.get(service));
  }

  /** Serves a description in place of the service's current one; a new service comes last. */
  void serve(ApiDescription description) {
    var order = of(description.service()).map(PublishedDescription::order).orElseGet(this::next);
    serve(new PublishedDescription(description, order));
  }

  private long next() {
    return 1 + all().stream().mapToLong(PublishedDescription::order).max().orElse(0);
  }

  /** Serves a description, unless it uses what another service owns. */
  void serve(PublishedDescription published) {
    var description = published.description();
    try {
      ownership.grant(published);
    } catch (IllegalArgumentException conflict) {
      reject(description.service(), description.hash(), conflict);
      return;
    }
    listeners.forEach(listener -> listener.accept(description));
    rebuildSnapshot();
    log.info("serving the API of {}, version {}", description.service(), description.version());
  }

  void remove(String service) {
    ownership.remove(service);
    rebuildSnapshot();
    log.info("removed the API description of {}", service);
  }

  void reject(String service, String hash, IllegalArgumentException why) {
    rejected.put(service, hash);
    if (warned.add(service + " " + hash)) {
      log.warn("the API description of {} is rejected: {}", service, why.getMessage());
    }
  }

  private void rebuildSnapshot() {
    snapshot =
        new RoutingSnapshot(
            ownership.all().stream().map(PublishedDescription::description).toList());
    // What a service owned before may be free for others now.
    rejected.clear();
  }
}
