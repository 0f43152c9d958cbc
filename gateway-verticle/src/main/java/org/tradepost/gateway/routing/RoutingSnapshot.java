package org.tradepost.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.EventDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.RequestSchema;

/**
 * Everything that follows from the API descriptions at one time; replaced as a whole when one
 * changes.
 */
public final class RoutingSnapshot {

  private final List<ApiDescription> descriptions;
  private final RouteTable routes;
  private final Map<String, EventDescription> events;
  private final Map<String, Map<String, RequestSchema>> requestSchemas = new ConcurrentHashMap<>();

  RoutingSnapshot(List<ApiDescription> descriptions) {
    this.descriptions = List.copyOf(descriptions);
    this.routes =
        new RouteTable(
            descriptions.stream()
                .flatMap(
                    description ->
                        description.operations().values().stream()
                            .map(o -> OperationRoute.of(description.service(), o)))
                .toList());
    this.events =
        descriptions.stream()
            .filter(description -> description.events().isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    ApiDescription::service, description -> description.events().orElseThrow()));
  }

  public boolean isEmpty() {
    return descriptions.isEmpty();
  }

  /** Returns all API descriptions. */
  public List<ApiDescription> descriptions() {
    return descriptions;
  }

  /** Returns the HTTP methods of all operations, as a value of the header field {@code Allow}. */
  public String methods() {
    return AllowedMethods.header(
        Stream.concat(descriptions.stream(), Stream.of(GatewayDescription.DESCRIPTION))
            .flatMap(description -> description.operations().values().stream())
            .map(OperationDescription::method)
            .collect(Collectors.toSet()));
  }

  /** Whether there is an API description of a service. */
  boolean knows(String service) {
    return descriptions.stream().anyMatch(description -> description.service().equals(service));
  }

  /** Returns the request schema of an operation, created on first use; empty if there is none. */
  public Optional<RequestSchema> requestSchema(String service, String address) {
    return Optional.ofNullable(
        requestSchemas.computeIfAbsent(service, this::requestSchemas).get(address));
  }

  private Map<String, RequestSchema> requestSchemas(String service) {
    return descriptions.stream()
        .filter(description -> description.service().equals(service))
        .findFirst()
        .map(RequestSchema::of)
        .orElse(Map.of());
  }

  /** Returns the route table. */
  public RouteTable routes() {
    return routes;
  }

  /** Returns the descriptions of events, by service. */
  public Map<String, EventDescription> events() {
    return events;
  }
}
