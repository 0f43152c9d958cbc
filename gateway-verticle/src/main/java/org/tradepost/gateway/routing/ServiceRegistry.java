package org.tradepost.gateway.routing;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;

/**
 * Tracks the services of the cluster and their API descriptions. A service that leaves keeps its
 * description, and is only unavailable.
 *
 * <p>Belongs to one event loop; its results may be read from any.
 */
public final class ServiceRegistry {

  private static final long POLL_MILLIS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);

  private final ClusterNode node;
  private final ReservedPrefixes prefixes;
  private final ServedDescriptions served;
  private final DescriptionReader reader;
  private final Set<String> reported = new HashSet<>();
  private DescriptionExchange exchange;
  private Context context;
  private Future<Void> polling = Future.succeededFuture();
  private Future<Void> sharing = Future.succeededFuture();
  private boolean pollAgain;
  private long timer;
  private volatile ServiceInstances instances = ServiceInstances.NONE;
  private volatile boolean unread;

  public ServiceRegistry(ClusterNode node, ReservedPrefixes prefixes) {
    this.node = node;
    this.prefixes = prefixes;
    this.served = new ServedDescriptions(prefixes);
    this.reader = new DescriptionReader(node.bus(), served);
    served.onNew(description -> measure(description.service()));
  }

  /**
   * Calls the listener with every API description before it is served. To be called before {@link
   * #start}.
   */
  public ServiceRegistry onNew(Consumer<ApiDescription> listener) {
    served.onNew(listener);
    return this;
  }

  /** Starts; completes after the first poll, even if not every description could be read. */
  public Future<Void> start() {
    var vertx = node.vertx();
    context = vertx.getOrCreateContext();
    node.health().require("API descriptions", this::whyNotReady);
    return vertx
        .executeBlocking(() -> new DescriptionStore(node.map(DescriptionStore.MAP)))
        .compose(
            store -> {
              exchange = new DescriptionExchange(store, served);
              store.onChange(this::changed);
              node.directory().onChange(this::changed);
              timer = vertx.setPeriodic(POLL_MILLIS, fired -> poll());
              return poll();
            });
  }

  private void changed() {
    context.runOnContext(now -> poll());
  }

  private Optional<String> whyNotReady() {
    return snapshot().isEmpty() ? Optional.of("no service is known yet") : Optional.empty();
  }

  public void stop() {
    node.vertx().cancelTimer(timer);
  }

  /** Returns the current snapshot. */
  public RoutingSnapshot snapshot() {
    return served.snapshot();
  }

  /**
   * Returns why no instance of a service can serve; empty while one can. After a node has joined,
   * its copy of the directory may lack an instance for some seconds, so a service whose instances
   * are all missing there counts if it listens on the bus.
   *
   * @param address where the service serves the request in question
   */
  public Optional<String> whyUnavailable(String service, String address) {
    return instances.of(service).isEmpty() && node.registrations().knowsListener(address)
        ? Optional.empty()
        : instances.whyUnavailable(service);
  }

  /** Whether a service has instances with different API descriptions now. */
  public boolean isMixed(String service) {
    return instances.isMixed(service);
  }

  /** Whether a service has an API description; a removed one has none. */
  public boolean knows(String service) {
    return snapshot().knows(service);
  }

  /** Whether a path may belong to a service that is not known yet. */
  public boolean mayBeUnknown(String path) {
    var snapshot = snapshot();
    return unread
        || snapshot.isEmpty()
        || prefixes.owners(path).anyMatch(owner -> !snapshot.knows(owner));
  }

  /**
   * Removes the description of a service that is gone for good, at all gateways.
   *
   * @return fails with {@code NOT_FOUND} if there is none, {@code CONFLICT} while an instance lives
   */
  public Future<Void> remove(String service) {
    return instances.of(service).isEmpty()
        ? exchange.remove(service)
        : Future.failedFuture(
            new ServiceException(
                CommonError.CONFLICT,
                "The service " + service + " has an instance in the cluster"));
  }

  /** Polls, and once more if something changes in the meantime. */
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
    instances = ServiceInstances.of(node.directory().instances());
    instances.services().forEach(this::report);
    exchange.adopt(instances);
    unread = reader.isAnyUnread(instances);
    return reader
        .read(instances)
        .onSuccess(
            read -> {
              unread = reader.isAnyUnread(instances);
              share();
            });
  }

  /** Shares descriptions, one run at a time; no poll waits for it: a frozen node may block it. */
  private void share() {
    if (sharing.isComplete()) {
      sharing =
          exchange
              .share(instances)
              .onFailure(failure -> log.debug("API descriptions were not shared", failure));
    }
  }

  /** Measures the instances of a service, as NaN rather than zero once it is removed. */
  private void measure(String service) {
    node.metrics()
        .gauge(
            "tradepost.service.instances",
            "How many instances of a service a gateway knows of",
            Tags.of("service", service),
            () -> knows(service) ? node.directory().count(service) : Double.NaN);
  }

  private void report(String service) {
    if (reported.add(service)) {
      node.health().report(service, () -> node.directory().count(service));
    }
  }
}
