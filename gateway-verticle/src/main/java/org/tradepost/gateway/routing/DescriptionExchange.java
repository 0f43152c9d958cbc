package org.tradepost.gateway.routing;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;

/**
 * Exchanges API descriptions with the other gateways, so that all know which services are
 * unavailable, and which were removed.
 */
final class DescriptionExchange {

  private final DescriptionStore store;
  private final ServedDescriptions served;

  DescriptionExchange(DescriptionStore store, ServedDescriptions served) {
    this.store = store;
    this.served = served;
  }

  /** Adopts what other gateways know about unavailable services, and what they removed. */
  void adopt(ServiceInstances instances) {
    var stored = store.all();
    stored.values().stream()
        .flatMap(Optional::stream)
        .sorted(PublishedDescription.FIRST)
        .filter(published -> instances.of(published.description().service()).isEmpty())
        .filter(published -> !isKnown(published.description()))
        .forEach(served::serve);
    stored.forEach(
        (service, description) -> {
          if (description.isEmpty()
              && served.of(service).isPresent()
              && instances.of(service).isEmpty()) {
            served.remove(service);
          }
        });
  }

  private boolean isKnown(ApiDescription description) {
    var hash = description.hash();
    return served.isRejected(description.service(), hash)
        || served
            .of(description.service())
            .filter(present -> present.description().hash().equals(hash))
            .isPresent();
  }

  /** Shares descriptions that other gateways lack, or whose shared form fits no instance. */
  Future<Void> share(ServiceInstances instances) {
    var stored = store.all();
    return Future.join(
            served.all().stream()
                .filter(published -> isLacking(published, instances, stored))
                .map(published -> store.keep(inStoredOrder(published, stored)))
                .toList())
        .mapEmpty();
  }

  /** Whether to write a description; what another gateway wrote stays while it fits an instance. */
  private static boolean isLacking(
      PublishedDescription published,
      ServiceInstances all,
      Map<String, Optional<PublishedDescription>> stored) {
    var service = published.description().service();
    var instances = all.of(service);
    if (instances.isEmpty()) {
      return !stored.containsKey(service);
    }
    var kept = stored.getOrDefault(service, Optional.empty());
    return kept.isEmpty() || instances.stream().noneMatch(kept.get()::isOf);
  }

  private static PublishedDescription inStoredOrder(
      PublishedDescription published, Map<String, Optional<PublishedDescription>> stored) {
    return stored
        .getOrDefault(published.description().service(), Optional.empty())
        .map(kept -> new PublishedDescription(published.description(), kept.order()))
        .orElse(published);
  }

  /**
   * Removes the description of a service at all gateways.
   *
   * @return fails with {@code NOT_FOUND} when there is none
   */
  Future<Void> remove(String service) {
    return store.all().getOrDefault(service, Optional.empty()).isEmpty()
        ? Future.failedFuture(
            new ServiceException(CommonError.NOT_FOUND, "No service " + service + " is known"))
        : store.remove(service);
  }
}
