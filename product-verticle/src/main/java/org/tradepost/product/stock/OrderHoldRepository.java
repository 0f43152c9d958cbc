package org.tradepost.product.stock;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.contract.product.ProductContract.HeldPieces;
import org.tradepost.common.contract.product.ProductContract.OrderHold;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.platform.sql.Database;

/** Reads what became of the hold of an order. */
final class OrderHoldRepository {

  private static final String FIND =
      "select order_id, state, expires_at, settled_at, lines from hold where order_id = $1";

  private final Database database;

  OrderHoldRepository(Database database) {
    this.database = database;
  }

  Future<Optional<OrderHold>> find(UUID orderId) {
    return database
        .query(FIND, Tuple.of(orderId))
        .map(rows -> rows.stream().findFirst().map(OrderHoldRepository::hold));
  }

  private static OrderHold hold(Row row) {
    return new OrderHold(
        row.getUUID("order_id"),
        row.getString("state"),
        HoldRows.expiry(row),
        Optional.ofNullable(row.getOffsetDateTime("settled_at"))
            .map(OffsetDateTime::toInstant)
            .orElse(null),
        HoldRows.lines(row.get(JsonArray.class, "lines")).stream()
            .map(OrderHoldRepository::pieces)
            .toList());
  }

  private static HeldPieces pieces(HeldLine line) {
    return new HeldPieces(line.productId(), line.sku(), line.name(), line.quantity());
  }
}
