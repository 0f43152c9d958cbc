package org.tradepost.order;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.order.OrderContract.OrderLine;
import org.tradepost.common.contract.product.Money;

/**
 * The lines of an order as its row stores them: for each line an array {@code [product, sku, name,
 * quantity, unit price]}, in the order's currency. The total of a line is computed.
 */
final class OrderLines {

  private OrderLines() {}

  static String stored(List<OrderLine> lines) {
    var array = new JsonArray();
    for (var line : lines) {
      array.add(
          JsonArray.of(
              line.productId().toString(),
              line.sku(),
              line.name(),
              line.quantity(),
              line.unitPrice().amount()));
    }
    return array.encode();
  }

  static List<OrderLine> of(JsonArray stored, String currency) {
    return stored.stream().map(JsonArray.class::cast).map(line -> line(line, currency)).toList();
  }

  private static OrderLine line(JsonArray line, String currency) {
    var quantity = line.getInteger(3);
    var unitPrice = new Money(line.getLong(4), currency);
    return new OrderLine(
        UUID.fromString(line.getString(0)),
        line.getString(1),
        line.getString(2),
        quantity,
        unitPrice,
        unitPrice.times(quantity));
  }
}
