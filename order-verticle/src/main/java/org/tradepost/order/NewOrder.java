package org.tradepost.order;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.order.OrderContract.OrderLine;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.error.Faults;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;

/**
 * An order that is about to be written.
 *
 * @param fingerprint equal for equal requests
 */
record NewOrder(
    UUID id,
    UUID customerId,
    String idempotencyKey,
    String fingerprint,
    String note,
    List<OrderLine> lines,
    Money total,
    String traceparent) {

  /** Builds the order from a request and the hold that was granted for it. */
  static NewOrder of(
      PlaceOrder request,
      UUID customer,
      String key,
      String fingerprint,
      Hold hold,
      String traceparent) {
    var lines =
        hold.lines().stream()
            .map(
                line ->
                    new OrderLine(
                        line.productId(),
                        line.sku(),
                        line.name(),
                        line.quantity(),
                        line.unitPrice(),
                        line.unitPrice().times(line.quantity())))
            .toList();
    var total = lines.stream().map(OrderLine::lineTotal).reduce(Money::plus).orElseThrow();
    return new NewOrder(
        hold.orderId(), customer, key, fingerprint, request.note(), lines, total, traceparent);
  }

  /** Returns the fingerprint of a request: SHA-256 of its lines and its note as JSON. */
  static String fingerprint(PlaceOrder request) {
    try {
      var canonical = WireJson.write(new PlaceOrder(null, request.lines(), request.note()));
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Rejects a second line for the same product, which the schema cannot express.
   *
   * @throws ServiceException {@code INVALID_REQUEST} with a pointer to each line whose product is
   *     already in an earlier line
   */
  static void rejectRepeatedProducts(List<PlaceLine> lines) {
    var seen = new HashSet<UUID>();
    var faults = new Faults();
    for (var i = 0; i < lines.size(); i++) {
      if (!seen.add(lines.get(i).productId())) {
        var pointer = "/lines/" + i + "/productId";
        faults.add(() -> new FieldError(pointer, "is already in an earlier line"));
      }
    }
    faults.check();
  }
}
