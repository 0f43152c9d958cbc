package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.event.EventOperations;
import org.tradepost.common.event.ReadEvents;
import org.tradepost.common.face.Face;
import org.tradepost.common.face.FaceOperation.Repetition;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.runtime.Figures;

/**
 * The services that have events, and the way to them. It has circuit breakers of its own, so that
 * readers who are too many for a service do not shut the door for what else it does.
 *
 * <p>One for a gateway, shared by its event loops.
 */
final class EventSources {

  private final ClusterNode node;
  private final Faces faces;
  private final long requestMillis;
  private final Map<String, Downstream> downstreams = new ConcurrentHashMap<>();

  EventSources(ClusterNode node, Faces faces, Limits limits) {
    this.node = node;
    this.faces = faces;
    this.requestMillis = limits.request().toMillis();
  }

  /** Makes ready for reading the events of a service, if it has any. */
  void expect(Face face) {
    if (face.events().isPresent()) {
      downstream(face.service());
    }
  }

  /** The services of whose events the caller may see some, those that are away among them. */
  List<String> of(Caller caller) {
    return faces.mounted().eventReaders().entrySet().stream()
        .filter(
            roles ->
                roles.getValue().isEmpty()
                    || roles.getValue().stream().anyMatch(caller.roles()::contains))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Whether it is known that no instance of a service lives. */
  boolean isAway(String service) {
    return faces.isAway(service);
  }

  /**
   * Reads a page of a service.
   *
   * @param headers the caller's token among them: the service decides what it shows
   */
  Future<EventBatch> read(String service, ReadEvents request, MultiMap headers) {
    if (isAway(service)) {
      return Future.failedFuture(
          ServiceException.unavailable("The service " + service + " is away"));
    }
    return downstream(service)
        .call(
            EventOperations.read(service).address(),
            Repetition.WHEN_LATE,
            WireJson.write(request),
            headers)
        .map(message -> WireJson.read(message.body(), EventBatch.class));
  }

  private Downstream downstream(String service) {
    return downstreams.computeIfAbsent(
        service,
        first -> {
          var name = service + " for its events";
          var made = new Downstream(node.vertx(), node.bus(), name, requestMillis);
          node.figures().tell(Figures.CIRCUIT, name, made::figures);
          return made;
        });
  }
}
