package org.tradepost.peer;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A product and its available stock. */
@Entity
class Product {
  @Id private UUID id;
  private String sku;
  private String name;
  private String description;
  private String category;
  private long amount;
  private String currency;
  private long available;

  protected Product() {}

  UUID id() {
    return id;
  }

  String sku() {
    return sku;
  }

  String name() {
    return name;
  }

  long amount() {
    return amount;
  }

  String currency() {
    return currency;
  }

  /** Takes pieces from the stock. */
  void take(int quantity) {
    if (quantity > available) {
      throw new ResponseStatusException(HttpStatus.CONFLICT, sku + " is out of stock");
    }
    available -= quantity;
  }

  ProductView view() {
    return new ProductView(
        id, sku, name, description, category, new Money(amount, currency), available);
  }
}
