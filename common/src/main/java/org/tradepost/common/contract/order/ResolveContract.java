package org.tradepost.common.contract.order;

import static org.tradepost.common.bus.Operation.internal;

import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.product.StockContract.Settlement;

/** How the product service learns what became of the orders of its holds. */
public final class ResolveContract {

  /**
   * Decides the fate of orders: an order without a row gets a tombstone, which blocks any later
   * attempt to write it.
   */
  public static final Operation<Resolve, Resolved> RESOLVE =
      internal("order.v1.resolve", Resolve.class, Resolved.class);

  /**
   * Finds the orders that can no longer be cancelled and have no undelivered event. A finished
   * order stays finished, so a reply stays true however late it is read.
   */
  public static final Operation<FindFinished, Finished> FINISHED =
      internal("order.v1.finished", FindFinished.class, Finished.class);

  private ResolveContract() {}

  /** The orders in question. */
  public record Resolve(List<UUID> orderIds) {}

  /** The orders in question. */
  public record FindFinished(List<UUID> orderIds) {}

  /** The orders among them that are finished. */
  public record Finished(List<UUID> orderIds) {}

  /** One settlement for each order that was asked for. */
  public record Resolved(List<Settlement> settlements) {}
}
