package org.tradepost.common.contract.product;

import static org.tradepost.common.bus.Operation.internal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Operation;

/** How the order service gets stock from the product service: it is held, and settled later. */
public final class StockContract {

  /**
   * Holds the stock of an order, all lines or none. Repeated, it answers with the first outcome.
   *
   * <p>Refusals: {@code UNKNOWN_PRODUCT}, {@code MIXED_CURRENCIES}, {@code PRODUCT_ARCHIVED},
   * {@code PRICE_CHANGED}, {@code OUT_OF_STOCK}, {@code IDEMPOTENCY_MISMATCH}, and {@code
   * WRONG_STATE} when the hold was settled so long ago that its lines were removed.
   */
  public static final Operation<HoldStock, Hold> HOLD =
      internal("product.v1.hold", HoldStock.class, Hold.class);

  /**
   * Tells what became of orders. Each is idempotent; a hold that was released or returned stays so.
   */
  public static final Operation<Settle, Settled> SETTLE =
      internal("product.v1.settle", Settle.class, Settled.class);

  private StockContract() {}

  /**
   * Asks for a hold.
   *
   * @param orderId the order, and the hold's identity
   * @param fingerprint equal for equal requests, hexadecimal
   * @param lines one for each product
   */
  public record HoldStock(UUID orderId, String fingerprint, List<Line> lines) {

    /**
     * Pieces of one product.
     *
     * @param expectedUnitPrice what the customer saw, or null when they do not mind
     */
    public record Line(UUID productId, int quantity, Money expectedUnitPrice) {}
  }

  /**
   * Stock that is reserved for an order.
   *
   * @param expiresAt when the product service starts to ask what became of the order
   * @param lines in the order of the request, with names and prices as they were when it was first
   *     made
   */
  public record Hold(UUID orderId, Instant expiresAt, List<HeldLine> lines) {}

  /** A line of a hold, with the product as it was. */
  public record HeldLine(UUID productId, String sku, String name, int quantity, Money unitPrice) {}

  /** Says what became of orders; of one order's several settlements the later come later. */
  public record Settle(List<Settlement> settlements) {}

  /** What became of one order. */
  public record Settlement(UUID orderId, Fate fate) {}

  /**
   * What was done.
   *
   * @param settled the orders whose hold now shows their fate; one that is missing has no hold
   */
  public record Settled(List<UUID> settled) {}
}
