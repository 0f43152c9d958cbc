package org.tradepost.common.contract.product;

import static org.tradepost.common.bus.Operation.internal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Operation;

/** How the order service gets stock from the product service: holds it, and settles it later. */
public final class StockContract {

  /**
   * Holds the stock of an order, all lines or none. A repeated call gets the same hold.
   *
   * <p>May be rejected with {@code UNKNOWN_PRODUCT}, {@code MIXED_CURRENCIES}, {@code
   * PRODUCT_ARCHIVED}, {@code PRICE_CHANGED}, {@code OUT_OF_STOCK}, {@code IDEMPOTENCY_MISMATCH},
   * or {@code WRONG_STATE} if the hold was settled so long ago that its lines were removed.
   */
  public static final Operation<HoldStock, Hold> HOLD =
      internal("product.v1.hold", HoldStock.class, Hold.class);

  /**
   * Reports what became of orders. It is idempotent; a hold that was released or returned stays so.
   */
  public static final Operation<Settle, Settled> SETTLE =
      internal("product.v1.settle", Settle.class, Settled.class);

  private StockContract() {}

  /**
   * Asks for a hold.
   *
   * @param orderId the order, which also identifies the hold
   * @param fingerprint equal for equal requests, in hexadecimal
   * @param lines one for each product
   */
  public record HoldStock(UUID orderId, String fingerprint, List<Line> lines) {

    /**
     * A quantity of one product.
     *
     * @param expectedUnitPrice the price that the customer saw, or null to accept any price
     */
    public record Line(UUID productId, int quantity, Money expectedUnitPrice) {}
  }

  /**
   * Stock that is reserved for an order.
   *
   * @param expiresAt when the product service starts to ask what became of the order
   * @param lines in the order of the request, with names and prices as they were when the hold was
   *     made
   */
  public record Hold(UUID orderId, Instant expiresAt, List<HeldLine> lines) {}

  /** A line of a hold, with the product as it was when the hold was made. */
  public record HeldLine(UUID productId, String sku, String name, int quantity, Money unitPrice) {}

  /** Reports what became of orders. Several settlements of one order are listed earliest first. */
  public record Settle(List<Settlement> settlements) {}

  /** What became of one order. */
  public record Settlement(UUID orderId, Fate fate) {}

  /**
   * What was settled.
   *
   * @param settled the orders that have a hold; an order that is missing has none
   */
  public record Settled(List<UUID> settled) {}
}
