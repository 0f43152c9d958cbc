package org.tradepost.order.relay;

import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.order.ParkedEventContract.DiscardParkedEvent;
import org.tradepost.common.contract.order.ParkedEventContract.ListParkedEvents;
import org.tradepost.common.contract.order.ParkedEventContract.ParkedEvent;
import org.tradepost.common.contract.order.ParkedEventContract.ParkedEventPage;
import org.tradepost.common.contract.order.ParkedEventContract.RetryParkedEvent;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.order.relay.ParkedEventRepository.State;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.platform.sql.Database;

/** The operations on parked events, for administrators. */
public final class ParkedEvents {

  private static final Logger log = LoggerFactory.getLogger(ParkedEvents.class);
  private static final String LISTING = Cursor.listing("parked-events");

  private final ParkedEventRepository repository;
  private final Runnable onChange;

  /**
   * @param onChange runs after each change, since there may be something to deliver
   */
  public ParkedEvents(Database database, Runnable onChange) {
    this.repository = new ParkedEventRepository(database);
    this.onChange = onChange;
  }

  public Future<ParkedEventPage> list(ListParkedEvents request, RequestContext call) {
    var cursor = request.cursor();
    var after = cursor == null ? 0 : Cursor.read(cursor, LISTING, 1).number(0, 1, Long.MAX_VALUE);
    return repository.list(after, request.limit() + 1).map(events -> page(events, request.limit()));
  }

  private static ParkedEventPage page(List<ParkedEvent> events, int limit) {
    if (events.size() <= limit) {
      return new ParkedEventPage(events, null);
    }
    var last = Long.toString(events.get(limit - 1).id());
    return new ParkedEventPage(events.subList(0, limit), Cursor.write(LISTING, List.of(last)));
  }

  public Future<Empty> retry(RetryParkedEvent request, RequestContext call) {
    return repository
        .retry(request.id())
        .map(before -> finish(before, "retried", request.id(), call));
  }

  /** A repeated call gets the same reply. */
  public Future<Empty> discard(DiscardParkedEvent request, RequestContext call) {
    return repository
        .discard(request.id())
        .map(
            before ->
                before == State.DISCARDED
                    ? Empty.NOTHING
                    : finish(before, "discarded", request.id(), call));
  }

  private Empty finish(State before, String how, long id, RequestContext call) {
    switch (before) {
      case PARKED -> log.info("parked event {} {} by {}", id, how, call.caller().subject());
      case PENDING ->
          throw new ServiceException(
              OrderError.NOT_PARKED, "Event %s is still being delivered".formatted(id));
      case DISCARDED ->
          throw new ServiceException(OrderError.NOT_PARKED, "Event %s was discarded".formatted(id));
      case MISSING ->
          throw new ServiceException(
              CommonError.NOT_FOUND, "There is no event %s, or it was delivered".formatted(id));
    }
    onChange.run();
    return Empty.NOTHING;
  }
}
