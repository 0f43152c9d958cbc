package org.tradepost.product.stock;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.platform.sql.Columns;
import org.tradepost.product.stock.HoldDecision.Granted;

/** Holds as rows and columns of the database; the SQL is {@link HoldRepository}'s. */
final class HoldRows {

  private HoldRows() {}

  static Map<UUID, LockedProduct> products(RowSet<Row> rows) {
    var products = new HashMap<UUID, LockedProduct>();
    for (var row : rows) {
      var id = row.getUUID("id");
      products.put(
          id,
          new LockedProduct(
              id,
              row.getString("sku"),
              row.getString("name"),
              Product.ARCHIVED.equals(row.getString("status")),
              price(row),
              row.getLong("available")));
    }
    return products;
  }

  static Map<UUID, ExistingHold> holds(RowSet<Row> rows) {
    var holds = new HashMap<UUID, ExistingHold>();
    for (var row : rows) {
      var lines =
          holds
              .computeIfAbsent(
                  row.getUUID("order_id"),
                  orderId ->
                      new ExistingHold(
                          row.getString("fingerprint"),
                          new Hold(orderId, expiry(row), new ArrayList<>())))
              .hold()
              .lines();
      if (row.getUUID("product_id") != null) {
        lines.add(line(row));
      }
    }
    return holds;
  }

  private static HeldLine line(Row row) {
    return new HeldLine(
        row.getUUID("product_id"),
        row.getString("sku"),
        row.getString("name"),
        row.getInteger("quantity"),
        price(row));
  }

  private static Money price(Row row) {
    return new Money(row.getLong("amount"), row.getString("currency"));
  }

  static Instant expiry(Row row) {
    return row.getOffsetDateTime("expires_at").toInstant();
  }

  /** The parameters of the statement that inserts holds and their lines. */
  static Tuple columns(List<Granted> granted, Duration lifetime) {
    var lines = granted.stream().flatMap(HoldRows::numbered).toList();
    var parameters = Tuple.tuple();
    new Columns<>(parameters, granted)
        .uuid(it -> it.request().orderId())
        .text(it -> it.request().fingerprint());
    parameters.addLong(lifetime.toMillis());
    new Columns<>(parameters, lines)
        .uuid(NumberedLine::orderId)
        .integer(NumberedLine::number)
        .uuid(it -> it.line().productId())
        .text(it -> it.line().sku())
        .text(it -> it.line().name())
        .integer(it -> it.line().quantity())
        .bigint(it -> it.line().unitPrice().amount())
        .text(it -> it.line().unitPrice().currency());
    return parameters;
  }

  private record NumberedLine(UUID orderId, int number, HeldLine line) {}

  private static Stream<NumberedLine> numbered(Granted granted) {
    var lines = granted.lines();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new NumberedLine(granted.request().orderId(), i + 1, lines.get(i)));
  }
}
