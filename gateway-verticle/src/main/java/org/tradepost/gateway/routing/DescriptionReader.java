package org.tradepost.gateway.routing;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Optional;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Instance;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;

/**
 * Reads the API descriptions of running services over the bus.
 *
 * <p>The description of the lowest version among a service's instances is used, since all of them
 * accept what it describes.
 */
final class DescriptionReader {

  private static final long TIMEOUT_MILLIS = 2_500;

  private final ServiceBus bus;
  private final ServedDescriptions served;

  DescriptionReader(ServiceBus bus, ServedDescriptions served) {
    this.bus = bus;
    this.served = served;
  }

  /** Reads and serves every description that must replace a served one. Never fails. */
  Future<Void> read(ServiceInstances instances) {
    return Future.join(
            instances.services().stream()
                .flatMap(service -> wanted(service, instances).stream())
                .map(this::read)
                .toList())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Whether a service has no description here yet, for example if all its instances are frozen. */
  boolean isAnyUnread(ServiceInstances instances) {
    return instances.services().stream()
        .anyMatch(
            service ->
                served.of(service).isEmpty()
                    && instances.of(service).stream()
                        .anyMatch(one -> !served.isRejected(service, one.descriptionHash())));
  }

  /**
   * Returns the instance whose description must replace the current one, which is one of the lowest
   * version. If instances of that version have different descriptions, the current one stays while
   * an instance has it.
   */
  private Optional<Instance> wanted(String service, ServiceInstances instances) {
    var present = served.of(service);
    var lowest =
        instances.of(service).stream()
            .map(Instance::version)
            .min(PublishedDescription::compareVersions)
            .orElseThrow();
    var candidates =
        instances.of(service).stream()
            .filter(instance -> instance.version().equals(lowest))
            .filter(instance -> !served.isRejected(service, instance.descriptionHash()))
            .toList();
    return present.isPresent() && candidates.stream().anyMatch(present.get()::isOf)
        ? Optional.empty()
        : candidates.stream().min(Comparator.comparing(Instance::descriptionHash));
  }

  private Future<Void> read(Instance instance) {
    return bus.call(
            DescriptionQuery.of(instance.service()),
            Empty.NOTHING,
            RequestContext.background(TIMEOUT_MILLIS))
        .onSuccess(
            document -> {
              try {
                var description = ApiDescription.read(WireJson.write(document));
                // With mixed versions, another instance may have replied: the next poll retries.
                if (description.hash().equals(instance.descriptionHash())) {
                  served.serve(description);
                }
              } catch (IllegalArgumentException malformed) {
                served.reject(instance.service(), instance.descriptionHash(), malformed);
              }
            })
        .mapEmpty();
  }
}
