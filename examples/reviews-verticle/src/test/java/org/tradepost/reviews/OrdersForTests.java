package org.tradepost.reviews;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderLine;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestService;

/** Replaces the order service, with the orders that a test adds. */
final class OrdersForTests extends TestService {

  private static final Money PRICE = new Money(1999, "EUR");

  volatile boolean unavailable;
  private final Map<UUID, Order> orders = new ConcurrentHashMap<>();

  OrdersForTests(ClusterNode node) {
    super(new Service(node, ApiDescription.load("order-for-tests")));
    service.serve(OrderContract.GET, this::get);
  }

  UUID add(UUID customer, UUID product, OrderStatus status) {
    var now = Instant.now();
    var line = new OrderLine(product, "SKU", "Name", 1, PRICE, PRICE);
    var order =
        new Order(
            UUID.randomUUID(),
            "TP-000001",
            customer,
            status,
            "EUR",
            List.of(line),
            PRICE,
            null,
            1,
            now,
            now,
            null,
            null,
            null);
    orders.put(order.id(), order);
    return order.id();
  }

  private Future<Order> get(GetOrder request, RequestContext call) {
    if (unavailable) {
      throw ServiceException.unavailable("unavailable");
    }
    var order = orders.get(request.id());
    var caller = call.caller();
    if (order == null
        || !(caller.isAdmin() || order.customerId().toString().equals(caller.subject()))) {
      throw new ServiceException(CommonError.NOT_FOUND);
    }
    return Future.succeededFuture(order);
  }
}
