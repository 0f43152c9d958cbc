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
 * Follows which services there are and what API descriptions they have. A service that leaves keeps
 * its description; it is only away.
 *
 * <p>Of a service the description of the lowest version among its instances counts, since all of
 * them take what it describes. Belongs to one event loop; what it finds may be read from any.
 */
public final class ServiceRegistry {

  private static final long POLL_MILLIS = 1_000;
  private static final long FETCH_MILLIS = 2_500;
  private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);

  private final ClusterNode node;
  private final PathOwnership claims;
  private final ReservedPrefixes prefixes;

  /** Services and the hashes of their descriptions that were refused as things are. */
  private final Map<String, String> refused = new HashMap<>();

  private final List<Consumer<ApiDescription>> listeners = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();
  private final Set<String> reported = new HashSet<>();
  private DescriptionStore store;
  private Context context;
  private Future<Void> looking = Future.succeededFuture();
  private boolean lookAgain;
  private long timer;
  private volatile Presence presence = Presence.NONE;
  private volatile RoutingSnapshot mounted = new RoutingSnapshot(List.of());

  public ServiceRegistry(ClusterNode node, ReservedPrefixes prefixes) {
    this.node = node;
    this.prefixes = prefixes;
    this.claims = new PathOwnership(prefixes);
  }

  /** Tells of every face before it is mounted; to be called before the first is. */
  public ServiceRegistry onNew(Consumer<ApiDescription> listener) {
    listeners.add(listener);
    return this;
  }

  /** Begins to follow; completes when everything that is there now is mounted. Never fails. */
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
              timer = vertx.setPeriodic(POLL_MILLIS, fired -> look());
              return look();
            });
  }

  private void changed() {
    context.runOnContext(now -> look());
  }

  private Optional<String> trouble() {
    return mounted.isEmpty() ? Optional.of("no service is known yet") : Optional.empty();
  }

  public void stop() {
    node.vertx().cancelTimer(timer);
  }

  /** What is mounted now. */
  public RoutingSnapshot mounted() {
    return mounted;
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
    return mounted.isEmpty() || prefixes.owners(path).anyMatch(owner -> !mounted.knows(owner));
  }

  /**
   * Removes the description of a service that is gone for good, at all gateways.
   *
   * @return fails with {@code NOT_FOUND} when there is none, {@code CONFLICT} while an instance
   *     lives
   */
  public Future<Void> forget(String service) {
    if (!presence.of(service).isEmpty()) {
      return Future.failedFuture(
          new ServiceException(
              CommonError.CONFLICT, "The service " + service + " has an instance in the cluster"));
    }
    return store.all().getOrDefault(service, Optional.empty()).isEmpty()
        ? Future.failedFuture(
            new ServiceException(CommonError.NOT_FOUND, "No service " + service + " is known"))
        : store.forget(service);
  }

  /** Looks around; once more when something changed meanwhile. */
  private Future<Void> look() {
    if (!looking.isComplete()) {
      lookAgain = true;
      return looking;
    }
    looking =
        lookOnce()
            .onFailure(failure -> log.debug("the faces cannot be looked up", failure))
            .otherwiseEmpty()
            .onComplete(
                done -> {
                  if (lookAgain) {
                    lookAgain = false;
                    node.vertx().runOnContext(next -> look());
                  }
                });
    return looking;
  }

  private Future<Void> lookOnce() {
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
    var present = claims.of(service);
    var lowest =
        presence.of(service).stream()
            .map(Instance::version)
            .min(PublishedDescription::compareVersions)
            .orElseThrow();
    var candidates =
        presence.of(service).stream()
            .filter(instance -> instance.version().equals(lowest))
            .filter(instance -> !instance.faceHash().equals(refused.get(service)))
            .toList();
    return present != null && candidates.stream().anyMatch(one -> isOf(one, present))
        ? Optional.empty()
        : candidates.stream().min(Comparator.comparing(Instance::faceHash));
  }

  private static boolean isOf(Instance instance, PublishedDescription published) {
    return instance.faceHash().equals(published.face().hash());
  }

  private Future<Void> fetch(Instance instance) {
    var query = DescriptionQuery.of(instance.service());
    return node.bus()
        .call(query, Empty.NOTHING, RequestContext.own(FETCH_MILLIS))
        .onSuccess(
            document -> {
              try {
                var face = ApiDescription.read(WireJson.write(document));
                // While versions are mixed, another instance may have answered: ask again later.
                if (face.hash().equals(instance.faceHash())) {
                  grant(new PublishedDescription(face, order(face.service())));
                }
              } catch (IllegalArgumentException malformed) {
                refuse(instance.service(), instance.faceHash(), malformed);
              }
            })
        .mapEmpty();
  }

  /** The place of a service among all; a new one is the last. */
  private long order(String service) {
    var present = claims.of(service);
    return present != null
        ? present.order()
        : 1 + claims.all().stream().mapToLong(PublishedDescription::order).max().orElse(0);
  }

  /** Takes over what other gateways have seen of services that are away, and forgets with them. */
  private void adopt(Map<String, Optional<PublishedDescription>> stored) {
    stored.values().stream()
        .flatMap(Optional::stream)
        .sorted(PublishedDescription.FIRST)
        .filter(published -> presence.of(published.face().service()).isEmpty())
        .filter(published -> !isKnown(published.face()))
        .forEach(this::grant);
    stored.forEach(
        (service, description) -> {
          if (description.isEmpty()
              && claims.of(service) != null
              && presence.of(service).isEmpty()) {
            claims.remove(service);
            remount();
            log.info("forgot the face of {}", service);
          }
        });
  }

  private boolean isKnown(ApiDescription face) {
    var present = claims.of(face.service());
    return face.hash().equals(refused.get(face.service()))
        || (present != null && present.face().hash().equals(face.hash()));
  }

  /** Lets the other gateways know what they lack, or have of no instance that is there. */
  private Future<Void> keep(Map<String, Optional<PublishedDescription>> stored) {
    return Future.join(
            claims.all().stream()
                .filter(published -> isLacking(published.face().service(), stored))
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
        .getOrDefault(published.face().service(), Optional.empty())
        .map(kept -> new PublishedDescription(published.face(), kept.order()))
        .orElse(published);
  }

  private void grant(PublishedDescription published) {
    var face = published.face();
    try {
      claims.grant(published);
    } catch (IllegalArgumentException claimed) {
      refuse(face.service(), face.hash(), claimed);
      return;
    }
    listeners.forEach(listener -> listener.accept(face));
    remount();
    log.info("mounted the face of {}, version {}", face.service(), face.version());
  }

  private void remount() {
    mounted = new RoutingSnapshot(claims.all().stream().map(PublishedDescription::face).toList());
    // What a service had before may be free for others now.
    refused.clear();
  }

  private void refuse(String service, String hash, IllegalArgumentException why) {
    refused.put(service, hash);
    if (warned.add(service + " " + hash)) {
      log.warn("the face of {} is refused: {}", service, why.getMessage());
    }
  }
}
