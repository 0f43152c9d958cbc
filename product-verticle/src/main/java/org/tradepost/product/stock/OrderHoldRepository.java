package org.tradepost.product.stock;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.contract.product.ProductContract.HeldPieces;
import org.tradepost.common.contract.product.ProductContract.OrderHold;
import org.tradepost.platform.sql.Database;

/** Reads what became of the hold of an order. */
final class OrderHoldRepository {

  // A hold whose lines were removed has one row, without a product.
  private static final String FIND =
      """
      select order_id, state, created_at, expires_at, settled_at, product_id, sku, name, quantity
      from hold left join hold_line using (order_id)
      where order_id = $1
      order by line_no
      """;

  private final Database database;

  OrderHoldRepository(Database database) {
    this.database = database;
  }

  Future<Optional<OrderHold>> find(UUID orderId) {
    return database.query(FIND, Tuple.of(orderId)).map(OrderHoldRepository::hold);
  }

  private static Optional<OrderHold> hold(RowSet<Row> rows) {
    var lines =
        rows.stream()
            .filter(row -> row.getUUID("product_id") != null)
            .map(OrderHoldRepository::line)
            .toList();
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new OrderHold(
                    row.getUUID("order_id"),
                    row.getString("state"),
                    instant(row, "created_at"),
                    instant(row, "expires_at"),
                    instant(row, "settled_at"),
                    lines));
  }

  private static HeldPieces line(Row row) {
    return new HeldPieces(
        row.getUUID("product_id"),
        row.getString("sku"),
        row.getString("name"),
        row.getInteger("quantity"));
  }

  private static Instant instant(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
