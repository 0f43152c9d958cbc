package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.tradepost.common.face.Face;

/** Everything that follows from the faces at one time, swapped as a whole when one changes. */
final class Mounted {

  private final List<Face> faces;
  private final RouteTable routes;
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
  }

  /** Where requests go. */
  RouteTable routes() {
    return routes;
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
