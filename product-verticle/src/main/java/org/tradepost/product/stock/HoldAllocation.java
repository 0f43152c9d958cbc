package org.tradepost.product.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.HoldStock.Line;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.product.stock.HoldDecision.Granted;

/**
 * Decides a batch of holds, one after the other: pieces that an earlier hold takes are not
 * available to a later one. A hold takes all of its lines or none.
 */
final class HoldAllocation {

  private final Map<UUID, LockedProduct> products;
  private final Map<UUID, ExistingHold> holds;
  private final Map<UUID, Long> available = new HashMap<>();
  private final Map<UUID, Granted> granted = new HashMap<>();

  /**
   * @param products the existing products of the batch by id, with their stock locked
   * @param holds the existing holds of the batch's orders, by order id
   */
  HoldAllocation(Map<UUID, LockedProduct> products, Map<UUID, ExistingHold> holds) {
    this.products = products;
    this.holds = holds;
    products.forEach((id, product) -> available.put(id, product.available()));
  }

  /** Returns the decisions in the order of the batch; two attempts at one order get the same. */
  List<HoldDecision> decide(List<HoldStock> batch) {
    return batch.stream().map(this::decide).toList();
  }

  private HoldDecision decide(HoldStock request) {
    var first = granted.get(request.orderId());
    if (first != null) {
      return first.request().fingerprint().equals(request.fingerprint()) ? first : mismatch();
    }
    var known = holds.get(request.orderId());
    if (known != null) {
      return repeated(known, request);
    }
    try {
      check(request.lines());
      var lines = take(request.lines());
      var hold = new Granted(request, lines);
      granted.put(request.orderId(), hold);
      return hold;
    } catch (ServiceException rejection) {
      return new HoldDecision.Rejected(rejection);
    }
  }

  private static HoldDecision repeated(ExistingHold known, HoldStock request) {
    if (!known.isFor(request)) {
      return mismatch();
    }
    return known.hasNoLines()
        ? new HoldDecision.Rejected(
            new ServiceException(
                OrderError.WRONG_STATE,
                "The order's hold was settled, and its lines have been removed"))
        : new HoldDecision.Held(known.hold());
  }

  private static HoldDecision mismatch() {
    return new HoldDecision.Rejected(new ServiceException(CommonError.IDEMPOTENCY_MISMATCH));
  }

  private void check(List<Line> lines) {
    rejectIfAny(
        lines, line -> !products.containsKey(line.productId()), ProductError.UNKNOWN_PRODUCT);
    rejectIfAny(lines, line -> product(line).archived(), ProductError.PRODUCT_ARCHIVED);
    rejectChangedPrices(lines);
    rejectImpossibleTotal(lines);
  }

  /**
   * Rejects a total that the order service would reject: a rejected order must not leave a hold.
   */
  private void rejectImpossibleTotal(List<Line> lines) {
    var total = new Money(0, product(lines.get(0)).price().currency());
    for (var line : lines) {
      total = total.plus(product(line).price().times(line.quantity()));
    }
  }

  private static void rejectIfAny(List<Line> lines, Predicate<Line> fault, ErrorCode code) {
    var faulty = lines.stream().filter(fault).map(Line::productId).toList();
    if (!faulty.isEmpty()) {
      throw new ServiceException(code, code.title(), Map.of("productIds", faulty));
    }
  }

  private void rejectChangedPrices(List<Line> lines) {
    var changed = new ArrayList<Map<String, Object>>();
    for (var line : lines) {
      var actual = product(line).price();
      var expected = line.expectedUnitPrice();
      if (expected != null && !expected.equals(actual)) {
        changed.add(Map.of("productId", line.productId(), "expected", expected, "actual", actual));
      }
    }
    reject(changed, ProductError.PRICE_CHANGED);
  }

  private List<HeldLine> take(List<Line> lines) {
    var missing = new ArrayList<Map<String, Object>>();
    for (var line : lines) {
      var left = available.get(line.productId());
      if (left < line.quantity()) {
        missing.add(
            Map.of(
                "productId", line.productId(),
                "sku", product(line).sku(),
                "requested", line.quantity(),
                "available", left));
      }
    }
    reject(missing, ProductError.OUT_OF_STOCK);
    lines.forEach(line -> available.merge(line.productId(), -(long) line.quantity(), Long::sum));
    return lines.stream().map(this::held).toList();
  }

  private HeldLine held(Line line) {
    var product = product(line);
    return new HeldLine(
        line.productId(), product.sku(), product.name(), line.quantity(), product.price());
  }

  private static void reject(List<Map<String, Object>> products, ErrorCode code) {
    if (!products.isEmpty()) {
      throw new ServiceException(code, code.title(), Map.of("products", products));
    }
  }

  private LockedProduct product(Line line) {
    return products.get(line.productId());
  }
}
