package org.tradepost.common.contract;

import static org.tradepost.common.bus.Operation.internal;

import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.StockContract.Settlement;

/** How the product service learns what became of the orders of expired holds. */
public final class ResolveContract {

  /**
   * Decides: an order that has no row gets a tombstone, which no later attempt to write it can
   * pass.
   */
  public static final Operation<Resolve, Resolved> RESOLVE =
      internal("order.v1.resolve", Resolve.class, Resolved.class);

  private ResolveContract() {}

  /** The orders in question. */
  public record Resolve(List<UUID> orderIds) {}

  /** One settlement for each order that was asked for. */
  public record Resolved(List<Settlement> settlements) {}
}
