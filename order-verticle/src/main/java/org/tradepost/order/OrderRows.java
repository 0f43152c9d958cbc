package org.tradepost.order;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tradepost.common.contract.order.OrderContract.Cancellation;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.contract.order.OrderContract.Shipment;
import org.tradepost.common.contract.product.Money;

/** Reads rows of orders. */
final class OrderRows {

  /** The columns that {@link #order} reads, of {@code orders o}. */
  static final String COLUMNS =
      """
      o.id, o.number, o.customer_id, o.status, encode(o.fingerprint, 'hex') as fingerprint, o.currency, o.total, o.note,
      o.version, o.placed_at, o.updated_at, o.cancel_reason, o.cancelled_at, o.carrier, o.tracking_number, o.shipped_at,
      o.delivered_at, o.lines
      """;

  private OrderRows() {}

  /** The order number that people see, with at least six digits. */
  static String number(long number) {
    var digits = Long.toString(number);
    return "TP-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /** Reverses {@link #number}. */
  static long parseNumber(String number) {
    return Long.parseLong(number.substring("TP-".length()));
  }

  static boolean isTombstone(Row row) {
    return row.getString("status").equals("ABANDONED");
  }

  static Order order(Row row) {
    var currency = row.getString("currency");
    return new Order(
        row.getUUID("id"),
        number(row.getLong("number")),
        row.getUUID("customer_id"),
        OrderStatus.valueOf(row.getString("status")),
        currency,
        OrderLines.of(row.get(JsonArray.class, "lines"), currency),
        new Money(row.getLong("total"), currency),
        row.getString("note"),
        row.getInteger("version"),
        instant(row, "placed_at"),
        instant(row, "updated_at"),
        instantIfAny(row, "cancelled_at")
            .map(at -> new Cancellation(row.getString("cancel_reason"), at))
            .orElse(null),
        instantIfAny(row, "shipped_at")
            .map(at -> new Shipment(row.getString("carrier"), row.getString("tracking_number"), at))
            .orElse(null),
        instantIfAny(row, "delivered_at").orElse(null));
  }

  static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static Optional<Instant> instantIfAny(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  /** A W3C trace context without its version and hyphens, as the column of an event stores it. */
  static String trace(String traceparent) {
    return traceparent == null
        ? null
        : traceparent.substring(3, 35)
            + traceparent.substring(36, 52)
            + traceparent.substring(53, 55);
  }

  /** The data of an event, without the pairs whose value is null. */
  static JsonObject json(Object... pairs) {
    var json = new JsonObject();
    for (var i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) {
        json.put((String) pairs[i], pairs[i + 1]);
      }
    }
    return json;
  }
}
