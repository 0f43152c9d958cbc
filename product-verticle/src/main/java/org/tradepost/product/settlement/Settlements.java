package org.tradepost.product.settlement;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Database;

/** Settles holds by the fate of their orders: sells, releases or returns the pieces. */
public final class Settlements {

  private final SettlementRepository repository;

  public Settlements(Database database) {
    this.repository = new SettlementRepository(database);
  }

  /** See {@link org.tradepost.common.contract.product.StockContract#SETTLE}. */
  public Future<Settled> settle(Settle request, RequestContext call) {
    if (request.settlements() == null) {
      throw ServiceException.invalid("/settlements", "is required");
    }
    for (var settlement : request.settlements()) {
      if (settlement.orderId() == null || settlement.fate() == null) {
        throw ServiceException.invalid("/settlements", "each needs an orderId and a fate");
      }
    }
    return settle(request.settlements()).map(Settled::new);
  }

  /** Applies all settlements in one transaction; returns the orders that have a hold. */
  public Future<List<UUID>> settle(List<Settlement> settlements) {
    return settlements.isEmpty()
        ? Future.succeededFuture(List.of())
        : repository.settle(settlements);
  }

  /** See {@link SettlementRepository#warmUp}. */
  public Future<Void> warmUp() {
    return repository.warmUp();
  }

  /**
   * How many holds are not settled, how many of them have expired, and the age of the oldest.
   *
   * @param lifetime after which a hold expires
   */
  public Future<Map<String, Object>> backlog(Duration lifetime) {
    return repository.backlog(lifetime);
  }

  /** Some of the holds that have expired and wait to be settled. */
  Future<List<ExpiredHold>> expired(int most) {
    return repository.expired(most);
  }
}
