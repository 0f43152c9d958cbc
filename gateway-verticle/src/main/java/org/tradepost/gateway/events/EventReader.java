package org.tradepost.gateway.events;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.Admission.Admitted;

/** Reads the events of all services on behalf of one caller. */
final class EventReader {

  private static final List<String> PASSED_ON =
      List.of(BusHeaders.AUTHORIZATION, BusHeaders.REQUEST_ID, BusHeaders.TRACEPARENT);

  /**
   * One page of each service.
   *
   * @param pages by service
   * @param unavailable the services that could not be asked
   */
  record EventRound(Map<String, EventBatch> pages, List<String> unavailable) {}

  private final Admission admission;
  private final EventSources sources;
  private final Admitted request;
  private final String type;

  /**
   * @param type the only type of events to read, or null for all
   */
  EventReader(Admission admission, EventSources sources, Admitted request, String type) {
    this.admission = admission;
    this.sources = sources;
    this.request = request;
    this.type = type;
  }

  /** Returns the services whose events the caller may see now. */
  List<String> services() {
    return sources.of(request.caller());
  }

  /** Fails if the caller's token has expired or was revoked. */
  Future<Void> check() {
    return admission.check(request);
  }

  /** Removes further reads from the trace, since a stream may last for days. */
  void leaveTrace() {
    request.headers().remove(BusHeaders.TRACEPARENT);
  }

  /** Reads a page of a service; one that has no such events is only asked for its end. */
  Future<EventBatch> read(String service, EventCursor cursor, int limit) {
    var after = cursor.place(service).orElse(null);
    if (type == null || sources.has(service, type)) {
      return ask(service, new ReadEvents(after, limit, type));
    }
    return ReadEvents.LATEST.equals(after)
        ? ask(service, new ReadEvents(after, limit, null))
        : Future.succeededFuture(new EventBatch(List.of(), after, false));
  }

  private Future<EventBatch> ask(String service, ReadEvents request) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    PASSED_ON.stream()
        .filter(this.request.headers()::contains)
        .forEach(name -> headers.set(name, this.request.headers().get(name)));
    return sources.read(service, request, headers);
  }

  /**
   * Reads a page of each service.
   *
   * @return fails if a service rejects the request; also, for the latest events, if an available
   *     service does not say where these are, since a client could not continue from there
   */
  Future<EventRound> readAll(EventCursor cursor, int limit) {
    var reads = new TreeMap<String, Future<EventBatch>>();
    services().forEach(service -> reads.put(service, read(service, cursor, limit)));
    return Future.join(List.copyOf(reads.values()))
        .transform(done -> round(reads, cursor.isLatest()));
  }

  private Future<EventRound> round(Map<String, Future<EventBatch>> reads, boolean latest) {
    var pages = new TreeMap<String, EventBatch>();
    var unavailable = new ArrayList<String>();
    for (var read : reads.entrySet()) {
      var service = read.getKey();
      if (read.getValue().succeeded()) {
        pages.put(service, read.getValue().result());
      } else if (ServiceException.isRejection(read.getValue().cause())
          || (latest && !sources.isUnavailable(service))) {
        return Future.failedFuture(read.getValue().cause());
      } else {
        unavailable.add(service);
      }
    }
    return latest && pages.isEmpty()
        ? Future.failedFuture(ServiceException.unavailable("No service could be asked for events"))
        : Future.succeededFuture(new EventRound(pages, unavailable));
  }
}
