package org.tradepost.gateway.routing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Directory.Instance;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.node.ClusterNode;

/**
 * Tracks the services of the cluster and their API descriptions. A service that leaves keeps its
 * description; it is only unavailable.
 *
 * <p>Of a service the description of the lowest version among its instances counts, since all of
 * them take what it describes. Belongs to one event loop; what it finds may be read from any.
 */
public final class ServiceRegistry {

  private static final long POLL_MILLIS = 1_000;
  private static final long FETCH_MILLIS = 2_500;
  private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);

  private final ClusterNode node;
  private final PathOwnership ownership;
  private final ReservedPrefixes prefixes;

  /** Services and the hashes of their descriptions that were refused as things are. */
  private final Map<String, String> refused = new HashMap<>();

  private final List<Consumer<ApiDescription>> listeners = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();
  private final Set<String> reported = new HashSet<>();
  private DescriptionStore store;
  private Context context;
  private Future<Void> polling = Future.succeededFuture();
  private boolean pollAgain;
  private long timer;
  private volatile Presence presence = Presence.NONE;
  private volatile RoutingSnapshot snapshot = new RoutingSnapshot(List.of());

  public ServiceRegistry(ClusterNode node, ReservedPrefixes prefixes) {
    this.node = node;
    this.prefixes = prefixes;
    this.ownership = new PathOwnership(prefixes);
  }

  /**
   * Calls the listener with every API description before it is served. To be called before the
   * start.
   */
  public ServiceRegistry onNew(Consumer<ApiDescription> listener) {
    listeners.add(listener);
    return this;
  }

  /** Starts; completes when everything that is there now is served. Never fails. */
  public Future<Void> start() {
    Vertx vertx = node.vertx();
    context = vertx.getOrCreateContext();
    node.health().require("API descriptions", this::trouble);
    return vertx
        .executeBlocking(() -> new DescriptionStore(node.map(DescriptionStore.MAP)))
        .compose(
            opened -> {
              store = opened;
              store.onChange(this::changed);
              node.directory().onChange(this::changed);
              timer = vertx.setPeriodic(POLL_MILLIS, fired -> poll());
              return poll();
            });
  }

  private void changed() {
    context.runOnContext(now -> poll());
  }

  private Optional<String> trouble() {
    return snapshot.isEmpty() ? Optional.of("no service is known yet") : Optional.empty();
  }

  public void stop() {
    node.vertx().cancelTimer(timer);
  }

  /** The routes in use now. */
  public RoutingSnapshot snapshot() {
    return snapshot;
  }

  /** Why no instance of a service can serve; empty while one can, or may. */
  public Optional<String> trouble(String service) {
    return presence.trouble(service);
  }

  /** Whether a service's instances have different descriptions at present. */
  public boolean isMixed(String service) {
    return presence.isMixed(service);
  }

  /** Whether what is at a path may not be known yet, so that its absence says nothing. */
  public boolean mayBeUnknown(String path) {
    return snapshot.isEmpty() || prefixes.owners(path).anyMatch(owner -> !snapshot.knows(owner));
  }

  /**
   * Removes the description of a service that is gone for good, at all gateways.
   *
   * @return fails with {@code NOT_FOUND} when there is none, {@code CONFLICT} while an instance
   *     lives
   */
  public Future<Void> remove(String service) {
    if (!presence.of(service).isEmpty()) {
      return Future.failedFuture(
          new ServiceException(
              CommonError.CONFLICT, "The service " + service + " has an instance in the cluster"));
    }
    return store.all().getOrDefault(service, Optional.empty()).isEmpty()
        ? Future.failedFuture(
            new ServiceException(CommonError.NOT_FOUND, "No service " + service + " is known"))
        : store.remove(service);
  }

  /** Polls; once more when something changed in the meantime. */
  private Future<Void> poll() {
    if (!polling.isComplete()) {
      pollAgain = true;
      return polling;
    }
    polling =
        pollOnce()
            .onFailure(failure -> log.debug("API descriptions cannot be read", failure))
            .otherwiseEmpty()
            .onComplete(
                done -> {
                  if (pollAgain) {
                    pollAgain = false;
                    node.vertx().runOnContext(next -> poll());
                  }
                });
    return polling;
  }

  private Future<Void> pollOnce() {
    presence = Presence.of(node.directory().instances());
    presence.instances().keySet().forEach(this::report);
    var stored = store.all();
    adopt(stored);
    return Future.join(
            presence.instances().keySet().stream()
                .flatMap(service -> wanted(service).stream())
                .map(this::fetch)
                .toList())
        .transform(done -> keep(stored));
  }

  private void report(String service) {
    if (reported.add(service)) {
      node.health().report(service, () -> node.directory().count(service));
    }
  }

  /**
   * The instance whose description is to take the place of the present one: one of the lowest
   * version. Of equal versions with different descriptions the present one stays while there is an
   * instance of it.
   */
  private Optional<Instance> wanted(String service) {
    var present = ownership.of(service);
    var lowest =
        presence.of(service).stream()
            .map(Instance::version)
            .min(PublishedDescription::compareVersions)
            .orElseThrow();
    var candidates =
        presence.of(service).stream()
            .filter(instance -> instance.version().equals(lowest))
            .filter(instance -> !instance.descriptionHash().equals(refused.get(service)))
            .toList();
    return present != null && candidates.stream().anyMatch(one -> isOf(one, present))
        ? Optional.empty()
        : candidates.stream().min(Comparator.comparing(Instance::descriptionHash));
  }

  private static boolean isOf(Instance instance, PublishedDescription published) {
    return instance.descriptionHash().equals(published.description().hash());
  }

  private Future<Void> fetch(Instance instance) {
    var query = DescriptionQuery.of(instance.service());
    return node.bus()
        .call(query, Empty.NOTHING, RequestContext.own(FETCH_MILLIS))
        .onSuccess(
            document -> {
              try {
                var description = ApiDescription.read(WireJson.write(document));
                // While versions are mixed, another instance may have answered: ask again later.
                if (description.hash().equals(instance.descriptionHash())) {
                  grant(new PublishedDescription(description, order(description.service())));
                }
              } catch (IllegalArgumentException malformed) {
                refuse(instance.service(), instance.descriptionHash(), malformed);
              }
            })
        .mapEmpty();
  }

  /** The place of a service among all; a new one is the last. */
  private long order(String service) {
    var present = ownership.of(service);
    return present != null
        ? present.order()
        : 1 + ownership.all().stream().mapToLong(PublishedDescription::order).max().orElse(0);
  }

  /** Takes over what other gateways know of unavailable services, and what they removed. */
  private void adopt(Map<String, Optional<PublishedDescription>> stored) {
    stored.values().stream()
        .flatMap(Optional::stream)
        .sorted(PublishedDescription.FIRST)
        .filter(published -> presence.of(published.description().service()).isEmpty())
        .filter(published -> !isKnown(published.description()))
        .forEach(this::grant);
    stored.forEach(
        (service, description) -> {
          if (description.isEmpty()
              && ownership.of(service) != null
              && presence.of(service).isEmpty()) {
            ownership.remove(service);
            rebuildSnapshot();
            log.info("removed the API description of {}", service);
          }
        });
  }

  private boolean isKnown(ApiDescription description) {
    var present = ownership.of(description.service());
    return description.hash().equals(refused.get(description.service()))
        || (present != null && present.description().hash().equals(description.hash()));
  }

  /** Lets the other gateways know what they lack, or have of no instance that is there. */
  private Future<Void> keep(Map<String, Optional<PublishedDescription>> stored) {
    return Future.join(
            ownership.all().stream()
                .filter(published -> isLacking(published.description().service(), stored))
                .map(published -> store.keep(inStoredOrder(published, stored)))
                .toList())
        .mapEmpty();
  }

  /** What another gateway wrote stays, though it may see instances or their order otherwise. */
  private boolean isLacking(String service, Map<String, Optional<PublishedDescription>> stored) {
    var instances = presence.of(service);
    if (instances.isEmpty()) {
      return !stored.containsKey(service);
    }
    var kept = stored.getOrDefault(service, Optional.empty());
    return kept.isEmpty() || instances.stream().noneMatch(one -> isOf(one, kept.get()));
  }

  private static PublishedDescription inStoredOrder(
      PublishedDescription published, Map<String, Optional<PublishedDescription>> stored) {
    return stored
        .getOrDefault(published.description().service(), Optional.empty())
        .map(kept -> new PublishedDescription(published.description(), kept.order()))
        .orElse(published);
  }

  private void grant(PublishedDescription published) {
    var description = published.description();
    try {
      ownership.grant(published);
    } catch (IllegalArgumentException conflict) {
      refuse(description.service(), description.hash(), conflict);
      return;
    }
    listeners.forEach(listener -> listener.accept(description));
    rebuildSnapshot();
    log.info("serving the API of {}, version {}", description.service(), description.version());
  }

  private void rebuildSnapshot() {
    snapshot =
        new RoutingSnapshot(
            ownership.all().stream().map(PublishedDescription::description).toList());
    // What a service had before may be free for others now.
    refused.clear();
  }

  private void refuse(String service, String hash, IllegalArgumentException why) {
    refused.put(service, hash);
    if (warned.add(service + " " + hash)) {
      log.warn("the API description of {} is rejected: {}", service, why.getMessage());
    }
  }
}
