package org.tradepost.platform.eventlog;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventPage;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.platform.sql.Database;

/** Decides who may read which events of a service, and how many at once. */
public final class EventLog {

  private final EventRepository repository;

  /**
   * @param database has the view {@code event_feed} and the table {@code event_removed}
   * @param service the service that the events belong to; makes their ids unique
   */
  public EventLog(Database database, String service) {
    this.repository = new EventRepository(database, service);
  }

  /** Reads what a user may see: administrators all events, others those about themselves. */
  public Future<EventPage> read(ReadEvents request, RequestContext call) {
    check(request);
    var caller = call.caller();
    return repository.read(
        request,
        caller.isAdmin() ? Optional.empty() : Optional.of(UUID.fromString(caller.subject())));
  }

  /** Reads all events, for services. */
  public Future<EventPage> follow(ReadEvents request, RequestContext call) {
    check(request);
    return repository.read(request, Optional.empty());
  }

  private static void check(ReadEvents request) {
    if (request.limit() < 1 || request.limit() > ReadEvents.MAX_LIMIT) {
      throw ServiceException.invalid("/limit", "must be between 1 and " + ReadEvents.MAX_LIMIT);
    }
  }
}
