package org.tradepost.gateway.events;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.Utf8;
import org.tradepost.common.json.WireJson;

/**
 * How far a client has read the events of each service. The text form fits into a URL and into the
 * id of a Server-Sent Event; pages and streams share it.
 *
 * @param type the only type of events to read; empty for all
 * @param places the cursor of each service, as the service gave it
 * @param otherwise where to begin with a service that has no place; empty for its oldest event
 */
record EventCursor(Optional<String> type, Map<String, String> places, Optional<String> otherwise) {

  /** The key of the type among the places; no service has this name. */
  private static final String TYPE = "";

  private static final TypeReference<TreeMap<String, String>> PLACES = new TypeReference<>() {};

  /**
   * Parses what {@link #text()} wrote, or {@link ReadEvents#LATEST}. A cursor of one type has
   * skipped all other events, so only that type can be read after it; after a cursor without a
   * type, any can.
   *
   * @param text null for the oldest events
   * @param type the type of events to read, or null for all
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static EventCursor read(String text, String type) {
    return read(text, type, new FieldError("query", "/after", CommonError.INVALID_CURSOR.title()));
  }

  /** Does the same, but reports an invalid cursor as another fault. */
  static EventCursor read(String text, String type, FieldError otherwise) {
    var wanted = Optional.ofNullable(type);
    if (text == null || text.equals(ReadEvents.LATEST)) {
      return new EventCursor(wanted, Map.of(), Optional.ofNullable(text));
    }
    try {
      var json = Utf8.decode(Base64.getUrlDecoder().decode(text));
      var places = WireJson.mapper().readValue(json, PLACES);
      var bound = places.remove(TYPE);
      var cursor = new EventCursor(wanted, Map.copyOf(places), Optional.empty());
      // A text that cannot be written again, as with half a surrogate pair, was not written here.
      cursor.text();
      if ((bound == null || bound.equals(type))
          && places.values().stream().noneMatch(place -> place.indexOf('\0') >= 0)) {
        return cursor;
      }
    } catch (IOException | RuntimeException malformed) {
      throw rejected(otherwise);
    }
    throw rejected(otherwise);
  }

  private static ServiceException rejected(FieldError fault) {
    return new ServiceException(CommonError.INVALID_CURSOR, fault.detail(), fault);
  }

  /** Whether it asks for whatever happens from now on. */
  boolean isLatest() {
    return otherwise.isPresent();
  }

  /** Returns where to continue with the events of a service; empty for its oldest event. */
  Optional<String> place(String service) {
    return Optional.ofNullable(places.get(service)).or(() -> otherwise);
  }

  /**
   * Returns this cursor with a new place for a service; services without one begin at the oldest
   * event.
   *
   * @param place null for none
   */
  EventCursor with(String service, String place) {
    var moved = new TreeMap<>(places);
    moved.compute(service, (name, before) -> place);
    return new EventCursor(type, moved, Optional.empty());
  }

  /** Returns this with the place of each unavailable service, unless that is its oldest event. */
  EventCursor withPlacesOf(List<String> unavailable) {
    var kept = new EventCursor(type, places, Optional.empty());
    for (var service : unavailable) {
      var place = place(service);
      kept = place.isPresent() ? kept.with(service, place.get()) : kept;
    }
    return kept;
  }

  String text() {
    var written = new TreeMap<>(places);
    type.ifPresent(only -> written.put(TYPE, only));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(WireJson.write(written).getBytes());
  }
}
