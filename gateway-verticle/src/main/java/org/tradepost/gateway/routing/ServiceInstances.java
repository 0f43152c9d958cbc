package org.tradepost.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.platform.cluster.Instance;

/**
 * Which instances each service had when the directory was last read.
 *
 * @param instances by service
 */
record ServiceInstances(Map<String, List<Instance>> instances) {

  static final ServiceInstances NONE = new ServiceInstances(Map.of());

  static ServiceInstances of(List<Instance> instances) {
    return new ServiceInstances(
        instances.stream().collect(Collectors.groupingBy(Instance::service)));
  }

  Set<String> services() {
    return instances.keySet();
  }

  List<Instance> of(String service) {
    return instances.getOrDefault(service, List.of());
  }

  /** Returns why no instance of a service can serve; empty while one can. */
  Optional<String> whyUnavailable(String service) {
    var all = of(service);
    if (all.isEmpty()) {
      return Optional.of("No instance of the service " + service + " is running");
    }
    return all.stream().anyMatch(Instance::serves)
        ? Optional.empty()
        : Optional.of(
            "The service %s is not ready: %s"
                .formatted(
                    service,
                    all.stream()
                        .flatMap(one -> one.lack().stream())
                        .distinct()
                        .collect(Collectors.joining(", "))));
  }

  /** Whether a service has instances with different API descriptions, as in a rolling restart. */
  boolean isMixed(String service) {
    return of(service).stream().map(Instance::descriptionHash).distinct().count() > 1;
  }
}
