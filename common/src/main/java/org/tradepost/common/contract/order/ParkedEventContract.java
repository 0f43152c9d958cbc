package org.tradepost.common.contract.order;

import static org.tradepost.common.bus.Operation.open;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;

/**
 * What the order service offers administrators for parked events: the product service rejected them
 * too often, so they are no longer delivered.
 */
public final class ParkedEventContract {

  /** The parked events, oldest first. */
  public static final Operation<ListParkedEvents, ParkedEventPage> LIST =
      open("order.v1.list-parked-events", ListParkedEvents.class, ParkedEventPage.class);

  /** Delivers an event again, with its attempts reset. */
  public static final Operation<RetryParkedEvent, Empty> RETRY =
      open("order.v1.retry-parked-event", RetryParkedEvent.class, Empty.class);

  /**
   * Gives up an event for good, so that later events of its order are delivered. A repeated call
   * gets the same reply.
   */
  public static final Operation<DiscardParkedEvent, Empty> DISCARD =
      open("order.v1.discard-parked-event", DiscardParkedEvent.class, Empty.class);

  private ParkedEventContract() {}

  public record ListParkedEvents(int limit, String cursor) {}

  public record RetryParkedEvent(long id) {}

  public record DiscardParkedEvent(long id) {}

  /**
   * A page of parked events.
   *
   * @param nextCursor where the next page begins, null on the last
   */
  public record ParkedEventPage(List<ParkedEvent> items, String nextCursor) {}

  /**
   * An event that the product service rejected too often.
   *
   * @param version the order's version after it
   * @param time when the order changed
   * @param attempts how often it was rejected
   * @param later the later events of the same order, which wait for this one
   */
  public record ParkedEvent(
      long id,
      UUID orderId,
      int version,
      String type,
      Instant time,
      Instant parkedAt,
      int attempts,
      List<LaterEvent> later) {}

  /**
   * An event that waits for an earlier one of its order.
   *
   * @param version the order's version after it
   */
  public record LaterEvent(int version, String type) {}
}
