package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.common.face.Face;

/** Everything that follows from the faces at one time, swapped as a whole when one changes. */
final class Mounted {

  private final List<Face> faces;
  private final RouteTable routes;
  private final Map<String, Set<String>> eventReaders;
  private Future<ApiDocument> document;
  private Future<AsyncApiDocument> busDocument;

  Mounted(List<Face> faces) {
    this.faces = List.copyOf(faces);
    this.routes =
        new RouteTable(
            faces.stream()
                .flatMap(
                    face ->
                        face.operations().values().stream().map(o -> Mount.of(face.service(), o)))
                .toList());
    this.eventReaders =
        faces.stream()
            .filter(face -> face.events().isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    Face::service, face -> face.events().orElseThrow().roles()));
  }

  /** Where requests go. */
  RouteTable routes() {
    return routes;
  }

  /** The services that have events, and the roles of which a reader needs one, if any. */
  Map<String, Set<String>> eventReaders() {
    return eventReaders;
  }

  /** What is said of them; merged when it is first asked for, which takes a while. */
  synchronized Future<ApiDocument> document(Vertx vertx) {
    if (document == null || document.failed()) {
      document = vertx.executeBlocking(() -> ApiDocument.of(faces));
    }
    return Hop.here(vertx, document);
  }

  /** What is said of the event bus; merged as the other is. */
  synchronized Future<AsyncApiDocument> busDocument(Vertx vertx) {
    if (busDocument == null || busDocument.failed()) {
      busDocument = vertx.executeBlocking(() -> AsyncApiDocument.of(faces));
    }
    return Hop.here(vertx, busDocument);
  }
}
