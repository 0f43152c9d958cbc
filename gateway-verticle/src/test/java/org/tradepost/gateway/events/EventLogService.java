package org.tradepost.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.Event;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.events.EventPage;
import org.tradepost.common.events.EventPage.Entry;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;

/** A service with events, which survive while it is undeployed. */
public final class EventLogService extends VerticleBase {

  /** Every request that reached the service. */
  final List<ReadEvents> reads = new CopyOnWriteArrayList<>();

  /** How many events are scanned for one page. */
  volatile int mostLookedAt = Integer.MAX_VALUE;

  /** How many of the oldest events have been removed. */
  volatile int removed;

  private final ClusterNode node;
  private final String name;
  private final List<String> roles;
  private final List<Note> notes = new CopyOnWriteArrayList<>();
  private Service service;

  private record Note(String audience, Event event) {}

  /**
   * @param roles the roles of which a reader needs one
   */
  public EventLogService(ClusterNode node, String name, String... roles) {
    this.node = node;
    this.name = name;
    this.roles = List.of(roles);
  }

  @Override
  public Future<?> start() {
    service = new Service(node, description()).serve(EventOperations.read(name), this::read);
    return service.start();
  }

  @Override
  public Future<?> stop() {
    return service.stop();
  }

  /** Writes an event that everybody may see. */
  void write(String type) {
    write(type, null, "");
  }

  /**
   * Writes an event.
   *
   * @param audience the one customer who may see it, or null
   */
  void write(String type, String audience, String text) {
    var number = notes.size() + 1;
    notes.add(
        new Note(
            audience,
            new Event(
                name + "-" + number,
                type,
                Instant.now(),
                new UUID(0, 1),
                number,
                number,
                WireJson.mapper().createObjectNode().put("text", text),
                null)));
    node.bus().notify(EventOperations.changeNotification(name));
  }

  void clear() {
    notes.clear();
    reads.clear();
    removed = 0;
    mostLookedAt = Integer.MAX_VALUE;
  }

  private Future<EventPage> read(ReadEvents request, RequestContext call) {
    reads.add(request);
    if (ReadEvents.LATEST.equals(request.after())) {
      return Future.succeededFuture(
          new EventPage(List.of(), Integer.toString(notes.size()), false));
    }
    var from = place(request.after());
    var end = (int) Math.min(notes.size(), (long) from + mostLookedAt);
    var found =
        IntStream.range(from, end)
            .filter(i -> isFor(notes.get(i), request, call))
            .mapToObj(i -> new Entry(Integer.toString(i + 1), notes.get(i).event()))
            .limit(request.limit())
            .toList();
    var full = found.size() == request.limit();
    var next = full ? found.get(found.size() - 1).cursor() : Integer.toString(end);
    return Future.succeededFuture(new EventPage(found, next, full || end < notes.size()));
  }

  private int place(String after) {
    if (after == null) {
      return removed;
    }
    if (!after.matches("[0-9]{1,9}")) {
      throw new ServiceException(CommonError.INVALID_CURSOR);
    }
    if (Integer.parseInt(after) < removed) {
      throw new ServiceException(CommonError.CURSOR_GONE);
    }
    return Integer.parseInt(after);
  }

  private static boolean isFor(Note note, ReadEvents request, RequestContext call) {
    return (request.type() == null || request.type().equals(note.event().type()))
        && (note.audience() == null
            || call.caller().isAdmin()
            || note.audience().equals(call.caller().subject()));
  }

  /** Describes the event log as an ordinary operation, for tests that do not read it as events. */
  private ApiDescription description() {
    var parameters = new JsonArray();
    for (var field : List.of("after", "limit", "type")) {
      parameters.add(
          new JsonObject()
              .put("name", field)
              .put("in", "query")
              .put(
                  "schema",
                  new JsonObject().put("type", field.equals("limit") ? "integer" : "string")));
    }
    var operation =
        new JsonObject()
            .put("operationId", name + "-journal")
            .put("x-operation", EventOperations.read(name).address())
            .put("security", new JsonArray("[{\"bearer\":[]}]"))
            .put("parameters", parameters)
            .put("responses", new JsonObject("{\"200\":{\"description\":\"Some.\"}}"));
    var document =
        new JsonObject()
            .put("openapi", "3.1.0")
            .put("x-service", name)
            .put(
                "x-events",
                new JsonObject().put("roles", new JsonArray(roles)).put("types", types()))
            .put("info", new JsonObject().put("title", name).put("version", "1.0.0"))
            .put(
                "paths",
                new JsonObject()
                    .put("/v1/journals/" + name, new JsonObject().put("get", operation)));
    return ApiDescription.read(document.toBuffer());
  }

  private static JsonObject types() {
    var types = new JsonObject();
    List.of("A", "B", "Rare", "Usual", "Nothing")
        .forEach(type -> types.put(type, new JsonObject().put("description", type)));
    return types;
  }

  /** Returns the cursor with these places. */
  public static String cursor(String... placesByService) {
    var places = WireJson.mapper().createObjectNode();
    for (var i = 0; i < placesByService.length; i += 2) {
      places.put(placesByService[i], placesByService[i + 1]);
    }
    return EventCursor.read(base64(places), null).text();
  }

  private static String base64(JsonNode json) {
    return java.util.Base64.getUrlEncoder().encodeToString(WireJson.write(json).getBytes());
  }
}
