package org.tradepost.gateway.events;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.Admission.Admitted;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.overload.ClientLimits;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;

/** Serves the events of all services, page by page or as a stream. */
public final class EventRoutes {

  private static final FieldError OF_HEADER =
      new FieldError("header", "/Last-Event-ID", CommonError.INVALID_CURSOR.title());

  private final Admission admission;
  private final EventSources sources;
  private final EventStreams streams;
  private final ClientLimits clientLimits = new ClientLimits();

  public EventRoutes(Admission admission, EventSources sources, EventStreams streams) {
    this.admission = admission;
    this.sources = sources;
    this.streams = streams;
  }

  /**
   * The request for a stream.
   *
   * @param after where to begin
   * @param lastEventID where the client was, if it reconnects by itself; empty means none
   */
  private record FollowEvents(String after, String type, String lastEventID) {

    EventCursor cursor() {
      return lastEventID == null || lastEventID.isEmpty()
          ? EventCursor.read(after, type)
          : EventCursor.read(lastEventID, type, OF_HEADER);
    }
  }

  /** {@code GET /v1/events}: a page of events. */
  public void list(RoutingContext context, OperationRoute route, RouteTable.Match match) {
    admit(context, route, match)
        .compose(admitted -> sendPage(context, route, admitted))
        .onFailure(context::fail);
  }

  /** {@code GET /v1/events/stream}: events as they happen. */
  public void stream(RoutingContext context, OperationRoute route, RouteTable.Match match) {
    admit(context, route, match)
        .compose(admitted -> startStream(context, route, admitted))
        .onFailure(context::fail);
  }

  private Future<Admitted> admit(
      RoutingContext context, OperationRoute route, RouteTable.Match match) {
    if (sources.areUnknown()) {
      throw ServiceException.unavailable("No service is known yet");
    }
    return admission.admit(context, route, match);
  }

  private Future<Void> sendPage(RoutingContext context, OperationRoute route, Admitted admitted) {
    var request = GatewayDescription.read(route, admitted.headers(), ReadEvents.class);
    var cursor = EventCursor.read(request.after(), request.type());
    var reader = reader(admitted, request.type());
    // Nothing after this throws, so the slot is always given back.
    var slot = clientLimits.take(route, admitted.client());
    return reader
        .readAll(cursor, request.limit())
        .onComplete(read -> slot.giveBack())
        .map(round -> EventListing.of(round, cursor, request.limit()))
        .map(WireJson::write)
        .onSuccess(page -> ResponseWriter.write(context, route.operation(), Map.of(), page))
        .mapEmpty();
  }

  private Future<Void> startStream(
      RoutingContext context, OperationRoute route, Admitted admitted) {
    var request = GatewayDescription.read(route, admitted.headers(), FollowEvents.class);
    return new EventStream(context, reader(admitted, request.type()), streams, request.cursor())
        .start(admitted.client());
  }

  private EventReader reader(Admitted admitted, String type) {
    sources.checkType(type);
    return new EventReader(admission, sources, admitted, type);
  }
}
