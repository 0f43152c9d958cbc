package org.tradepost.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.EventDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.RequestSchema;

/** Everything that follows from the faces at one time, swapped as a whole when one changes. */
public final class RoutingSnapshot {

  private final List<ApiDescription> faces;
  private final RouteTable routes;
  private final Map<String, EventDescription> events;
  private final Map<String, Map<String, RequestSchema>> contracts = new ConcurrentHashMap<>();

  RoutingSnapshot(List<ApiDescription> faces) {
    this.faces = List.copyOf(faces);
    this.routes =
        new RouteTable(
            faces.stream()
                .flatMap(
                    face ->
                        face.operations().values().stream()
                            .map(o -> OperationRoute.of(face.service(), o)))
                .toList());
    this.events =
        faces.stream()
            .filter(face -> face.events().isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    ApiDescription::service, face -> face.events().orElseThrow()));
  }

  public boolean isEmpty() {
    return faces.isEmpty();
  }

  /** All of them. */
  public List<ApiDescription> faces() {
    return faces;
  }

  /** The HTTP methods of all operations together, as the header field {@code Allow} has them. */
  public String methods() {
    return AllowedMethods.header(
        Stream.concat(faces.stream(), Stream.of(GatewayDescription.FACE))
            .flatMap(face -> face.operations().values().stream())
            .map(OperationDescription::method)
            .collect(Collectors.toSet()));
  }

  /** Whether there is a face of a service. */
  boolean knows(String service) {
    return faces.stream().anyMatch(face -> face.service().equals(service));
  }

  /** The request contract of an operation, made when it is first asked for. */
  public RequestSchema contract(String service, String address) {
    return contracts.computeIfAbsent(service, this::contracts).get(address);
  }

  private Map<String, RequestSchema> contracts(String service) {
    return faces.stream()
        .filter(face -> face.service().equals(service))
        .findFirst()
        .map(RequestSchema::of)
        .orElseThrow();
  }

  /** Where requests go. */
  public RouteTable routes() {
    return routes;
  }

  /** What is said of the events of the services that have some. */
  public Map<String, EventDescription> events() {
    return events;
  }
}
