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
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
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
    return Tuple.tuple()
        .addArrayOfUUID(column(granted, it -> it.request().orderId(), UUID[]::new))
        .addArrayOfString(column(granted, it -> it.request().fingerprint(), String[]::new))
        .addLong(lifetime.toMillis())
        .addArrayOfUUID(column(lines, NumberedLine::orderId, UUID[]::new))
        .addArrayOfInteger(column(lines, NumberedLine::number, Integer[]::new))
        .addArrayOfUUID(column(lines, it -> it.line().productId(), UUID[]::new))
        .addArrayOfString(column(lines, it -> it.line().sku(), String[]::new))
        .addArrayOfString(column(lines, it -> it.line().name(), String[]::new))
        .addArrayOfInteger(column(lines, it -> it.line().quantity(), Integer[]::new))
        .addArrayOfLong(column(lines, it -> it.line().unitPrice().amount(), Long[]::new))
        .addArrayOfString(column(lines, it -> it.line().unitPrice().currency(), String[]::new));
  }

  private record NumberedLine(UUID orderId, int number, HeldLine line) {}

  private static Stream<NumberedLine> numbered(Granted granted) {
    var lines = granted.lines();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new NumberedLine(granted.request().orderId(), i + 1, lines.get(i)));
  }

  private static <T, C> C[] column(List<T> rows, Function<T, C> of, IntFunction<C[]> array) {
    return rows.stream().map(of).toArray(array);
  }
}
