package org.tradepost.order.relay;

import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;

/** An event of the order service, as far as the product service is concerned. */
record LoggedEvent(long id, UUID orderId, int sequence, String type) {

  private static final String PLACED = "OrderPlaced";
  private static final String CANCELLED = "OrderCancelled";

  static LoggedEvent of(Row row) {
    return new LoggedEvent(
        row.getLong("id"),
        row.getUUID("order_id"),
        row.getInteger("sequence"),
        row.getString("type"));
  }

  /** Whether it changes stock. */
  boolean isToDeliver() {
    return type.equals(PLACED) || type.equals(CANCELLED);
  }

  Settlement settlement() {
    return new Settlement(orderId, type.equals(CANCELLED) ? Fate.CANCELLED : Fate.PLACED);
  }
}
