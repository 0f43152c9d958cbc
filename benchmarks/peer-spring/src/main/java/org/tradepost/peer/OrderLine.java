package org.tradepost.peer;

import jakarta.persistence.Embeddable;
import java.util.UUID;

/** A line of an order, with the product's name and price at the time of the order. */
@Embeddable
class OrderLine {
  private UUID productId;
  private String sku;
  private String name;
  private int quantity;
  private long unitPrice;

  protected OrderLine() {}

  OrderLine(Product product, int quantity) {
    this.productId = product.id();
    this.sku = product.sku();
    this.name = product.name();
    this.quantity = quantity;
    this.unitPrice = product.amount();
  }

  long total() {
    return Math.multiplyExact(unitPrice, quantity);
  }

  OrderView.Line view(String currency) {
    return new OrderView.Line(
        productId,
        sku,
        name,
        quantity,
        new Money(unitPrice, currency),
        new Money(total(), currency));
  }
}
