package org.tradepost.order;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestService;

/** Replaces the product service: everything costs 19.99, and all products but one are in stock. */
final class StockForTests extends TestService {

  static final UUID SOLD_OUT = UUID.fromString("00000000-0000-4000-8000-000000000000");
  static final Money PRICE = new Money(1999, "EUR");

  final List<Settlement> settled = new CopyOnWriteArrayList<>();
  volatile boolean unavailable;
  volatile boolean holdLinesRemoved;
  volatile boolean rejecting;
  private final Map<UUID, String> holds = new HashMap<>();

  StockForTests(ClusterNode node) {
    super(new Service(node, ApiDescription.load("product-for-tests")));
    service.serve(StockContract.HOLD, this::hold).serve(StockContract.SETTLE, this::settle);
  }

  private Future<Hold> hold(HoldStock request, RequestContext call) {
    rejectIfUnavailable();
    if (holdLinesRemoved && holds.containsKey(request.orderId())) {
      throw new ServiceException(OrderError.WRONG_STATE);
    }
    if (request.lines().stream().anyMatch(line -> line.productId().equals(SOLD_OUT))) {
      throw new ServiceException(
          ProductError.OUT_OF_STOCK, "short", Map.of("products", List.of(SOLD_OUT.toString())));
    }
    if (!request
        .fingerprint()
        .equals(holds.computeIfAbsent(request.orderId(), id -> request.fingerprint()))) {
      throw new ServiceException(CommonError.IDEMPOTENCY_MISMATCH);
    }
    var lines =
        request.lines().stream()
            .map(line -> new HeldLine(line.productId(), "SKU", "Name", line.quantity(), PRICE))
            .toList();
    return Future.succeededFuture(
        new Hold(request.orderId(), Instant.now().plusSeconds(60), lines));
  }

  private Future<Settled> settle(Settle request, RequestContext call) {
    rejectIfUnavailable();
    if (rejecting) {
      return Future.succeededFuture(new Settled(List.of()));
    }
    settled.addAll(request.settlements());
    return Future.succeededFuture(
        new Settled(request.settlements().stream().map(Settlement::orderId).toList()));
  }

  private void rejectIfUnavailable() {
    if (unavailable) {
      throw ServiceException.unavailable("unavailable");
    }
  }
}
