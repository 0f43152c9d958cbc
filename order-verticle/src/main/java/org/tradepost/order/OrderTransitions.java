package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.tradepost.platform.sql.Database;

/**
 * The state transitions of an order. Each is one statement that also writes the event, and returns
 * whether it took effect: an order in another state stays unchanged.
 */
final class OrderTransitions {

  private static final String CANCEL =
      """
      with moved as (
        update orders set status = 'CANCELLED', version = version + 1, updated_at = now(), cancelled_at = now(),
                          cancel_reason = $2
         where id = $1 and status = 'PLACED' returning id, customer_id, version, updated_at
      )
      insert into event (order_id, customer_id, sequence, type, time, data, trace)
      select id, customer_id, version, 'OrderCancelled', updated_at, $3, decode($4, 'hex') from moved
      """;

  private static final String SHIP =
      """
      with moved as (
        update orders set status = 'SHIPPED', version = version + 1, updated_at = now(), shipped_at = now(),
                          carrier = $2, tracking_number = $3
         where id = $1 and status = 'PLACED' returning id, customer_id, version, updated_at
      )
      insert into event (order_id, customer_id, sequence, type, time, data, trace)
      select id, customer_id, version, 'OrderShipped', updated_at, $4, decode($5, 'hex') from moved
      """;

  private static final String DELIVER =
      """
      with moved as (
        update orders set status = 'DELIVERED', version = version + 1, updated_at = now(), delivered_at = now()
         where id = $1 and status = 'SHIPPED' returning id, customer_id, version, updated_at
      )
      insert into event (order_id, customer_id, sequence, type, time, data, trace)
      select id, customer_id, version, 'OrderDelivered', updated_at, '{}', decode($2, 'hex') from moved
      """;

  private final Database database;

  OrderTransitions(Database database) {
    this.database = database;
  }

  Future<Boolean> cancel(UUID id, String reason, String traceparent) {
    return move(
        CANCEL,
        Tuple.of(id, reason, OrderRows.json("reason", reason), OrderRows.trace(traceparent)));
  }

  Future<Boolean> ship(UUID id, String carrier, String trackingNumber, String traceparent) {
    var data = OrderRows.json("carrier", carrier, "trackingNumber", trackingNumber);
    return move(SHIP, Tuple.of(id, carrier, trackingNumber, data, OrderRows.trace(traceparent)));
  }

  Future<Boolean> deliver(UUID id, String traceparent) {
    return move(DELIVER, Tuple.of(id, OrderRows.trace(traceparent)));
  }

  private Future<Boolean> move(String sql, Tuple parameters) {
    return database.query(sql, parameters).map(rows -> rows.rowCount() == 1);
  }
}
