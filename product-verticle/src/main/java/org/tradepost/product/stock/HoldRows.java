package org.tradepost.product.stock;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.platform.sql.Columns;
import org.tradepost.product.stock.HoldDecision.Granted;

/** Converts holds to and from the rows and columns of the SQL in {@link HoldRepository}. */
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
      var orderId = row.getUUID("order_id");
      var lines = lines(row.get(JsonArray.class, "lines"));
      holds.put(
          orderId,
          new ExistingHold(row.getString("fingerprint"), new Hold(orderId, expiry(row), lines)));
    }
    return holds;
  }

  /** Reads the lines of a hold; none if they were removed. */
  static List<HeldLine> lines(JsonArray lines) {
    return lines == null
        ? List.of()
        : lines.stream().map(JsonArray.class::cast).map(HoldRows::line).toList();
  }

  private static HeldLine line(JsonArray line) {
    return new HeldLine(
        UUID.fromString(line.getString(0)),
        line.getString(1),
        line.getString(2),
        line.getInteger(3),
        new Money(line.getLong(4), line.getString(5)));
  }

  private static Money price(Row row) {
    return new Money(row.getLong("amount"), row.getString("currency"));
  }

  static Instant expiry(Row row) {
    return row.getOffsetDateTime("expires_at").toInstant();
  }

  /** Returns the parameters of the statement that inserts holds. */
  static Tuple columns(List<Granted> granted, Duration lifetime, Map<UUID, String> traces) {
    var parameters = Tuple.tuple();
    new Columns<>(parameters, granted)
        .uuid(it -> it.request().orderId())
        .text(it -> it.request().fingerprint())
        .text(it -> lines(it.lines()).encode());
    parameters.addLong(lifetime.toMillis());
    new Columns<>(parameters, List.copyOf(totals(granted).entrySet()))
        .uuid(Map.Entry::getKey)
        .bigint(Map.Entry::getValue);
    new Columns<>(parameters, granted).text(it -> traces.get(it.request().orderId()));
    return parameters;
  }

  private static JsonArray lines(List<HeldLine> lines) {
    var array = new JsonArray();
    for (var line : lines) {
      array.add(
          JsonArray.of(
              line.productId().toString(),
              line.sku(),
              line.name(),
              line.quantity(),
              line.unitPrice().amount(),
              line.unitPrice().currency()));
    }
    return array;
  }

  /** Returns how many pieces of each product are taken. */
  private static Map<UUID, Long> totals(List<Granted> granted) {
    var totals = new HashMap<UUID, Long>();
    for (var hold : granted) {
      hold.lines()
          .forEach(line -> totals.merge(line.productId(), (long) line.quantity(), Long::sum));
    }
    return totals;
  }
}
