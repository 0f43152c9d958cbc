package org.tradepost.order.relay;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;

/**
 * An event of the order service, as far as the product service needs it.
 *
 * @param traceparent W3C trace context of the request that caused it, or null
 */
record LoggedEvent(long id, UUID orderId, int sequence, String type, String traceparent) {

  private static final String PLACED = "OrderPlaced";
  private static final String CANCELLED = "OrderCancelled";

  static LoggedEvent of(Row row) {
    return new LoggedEvent(
        row.getLong("id"),
        row.getUUID("order_id"),
        row.getInteger("sequence"),
        row.getString("type"),
        traceparent(row.getString("trace")));
  }

  /** Restores the version and the hyphens, which the column of an event leaves out. */
  private static String traceparent(String trace) {
    return trace == null
        ? null
        : "00-"
            + trace.substring(0, 32)
            + "-"
            + trace.substring(32, 48)
            + "-"
            + trace.substring(48);
  }

  /** Whether it changes stock. */
  boolean isToDeliver() {
    return type.equals(PLACED) || type.equals(CANCELLED);
  }

  Settlement settlement() {
    return new Settlement(orderId, type.equals(CANCELLED) ? Fate.CANCELLED : Fate.PLACED);
  }
}
