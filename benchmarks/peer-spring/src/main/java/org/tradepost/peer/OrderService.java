package org.tradepost.peer;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places and lists orders. One transaction takes the stock and writes the order. */
@Service
class OrderService {
  private final ProductRepository products;
  private final OrderRepository orders;

  OrderService(ProductRepository products, OrderRepository orders) {
    this.products = products;
    this.orders = orders;
  }

  /** Places an order, or returns the one that the customer placed before with the same key. */
  @Transactional
  public OrderView place(UUID customer, String key, PlaceOrder request) {
    return orders
        .findByCustomerIdAndIdempotencyKey(customer, key)
        .orElseGet(() -> placeNew(customer, key, request))
        .view();
  }

  private CustomerOrder placeNew(UUID customer, String key, PlaceOrder request) {
    Map<UUID, Product> found =
        products.lock(request.lines().stream().map(PlaceOrder.Line::productId).toList()).stream()
            .collect(Collectors.toMap(Product::id, Function.identity()));
    List<OrderLine> lines =
        request.lines().stream().map(line -> take(found.get(line.productId()), line)).toList();
    String currency = found.values().iterator().next().currency();
    return orders.save(new CustomerOrder(customer, key, lines, currency));
  }

  private static OrderLine take(Product product, PlaceOrder.Line line) {
    if (product == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no product " + line.productId());
    }
    product.take(line.quantity());
    return new OrderLine(product, line.quantity());
  }

  /** The customer's orders, newest first. */
  @Transactional(readOnly = true)
  public List<OrderView> list(UUID customer, int limit) {
    return orders
        .findByCustomerIdOrderByPlacedAtDescIdDesc(customer, PageRequest.of(0, limit))
        .stream()
        .map(CustomerOrder::view)
        .toList();
  }
}
