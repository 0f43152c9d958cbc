package org.tradepost.gateway.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.platform.description.Face;
import org.tradepost.platform.description.FaceEvents;
import org.tradepost.platform.description.FaceOperation;
import org.tradepost.platform.description.RequestContract;

/** Everything that follows from the faces at one time, swapped as a whole when one changes. */
public final class Mounted {

  private final List<Face> faces;
  private final RouteTable routes;
  private final Map<String, FaceEvents> events;
  private final Map<String, Map<String, RequestContract>> contracts = new ConcurrentHashMap<>();

  Mounted(List<Face> faces) {
    this.faces = List.copyOf(faces);
    this.routes =
        new RouteTable(
            faces.stream()
                .flatMap(
                    face ->
                        face.operations().values().stream().map(o -> Mount.of(face.service(), o)))
                .toList());
    this.events =
        faces.stream()
            .filter(face -> face.events().isPresent())
            .collect(
                Collectors.toUnmodifiableMap(Face::service, face -> face.events().orElseThrow()));
  }

  public boolean isEmpty() {
    return faces.isEmpty();
  }

  /** All of them. */
  public List<Face> faces() {
    return faces;
  }

  /** The HTTP methods of all operations together, as the header field {@code Allow} has them. */
  public String methods() {
    return AllowedMethods.header(
        Stream.concat(faces.stream(), Stream.of(OwnFace.FACE))
            .flatMap(face -> face.operations().values().stream())
            .map(FaceOperation::method)
            .collect(Collectors.toSet()));
  }

  /** Whether there is a face of a service. */
  boolean knows(String service) {
    return faces.stream().anyMatch(face -> face.service().equals(service));
  }

  /** The request contract of an operation, made when it is first asked for. */
  public RequestContract contract(String service, String address) {
    return contracts.computeIfAbsent(service, this::contracts).get(address);
  }

  private Map<String, RequestContract> contracts(String service) {
    return faces.stream()
        .filter(face -> face.service().equals(service))
        .findFirst()
        .map(RequestContract::of)
        .orElseThrow();
  }

  /** Where requests go. */
  public RouteTable routes() {
    return routes;
  }

  /** What is said of the events of the services that have some. */
  public Map<String, FaceEvents> events() {
    return events;
  }
}
