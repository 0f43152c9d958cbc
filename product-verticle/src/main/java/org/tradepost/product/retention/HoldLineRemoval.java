package org.tradepost.product.retention;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.contract.order.ResolveContract.FindFinished;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.retention.HoldLineRemovalRepository.SettledHold;
import org.tradepost.product.settlement.HoldState;

/**
 * Removes the lines of holds that can no longer change, a few pages of the table at a time.
 *
 * <p>A released or returned hold no longer changes. Sold pieces can be returned until the order is
 * finished, which only the order service knows.
 */
public final class HoldLineRemoval {

  private static final long FINISHED_TIMEOUT_MILLIS = 2_000;

  private final ServiceBus bus;
  private final HoldLineRemovalRepository repository;
  private long page;

  public HoldLineRemoval(ServiceBus bus, Database database) {
    this.bus = bus;
    this.repository = new HoldLineRemovalRepository(database);
  }

  /**
   * Processes the holds in the next pages that were settled more than the given number of days ago;
   * true if there are more pages. After a failure, the next step continues with the pages after
   * these, so that a failure in each run does not keep later holds from being processed.
   */
  public Future<Boolean> step(int days) {
    var first = page;
    page += HoldLineRemovalRepository.PAGES_AT_ONCE;
    return repository
        .settled(days, first)
        .compose(this::remove)
        .compose(done -> repository.pages())
        .map(pages -> page < pages)
        .onSuccess(more -> page = more ? page : 0);
  }

  private Future<Void> remove(List<SettledHold> holds) {
    var removable = new ArrayList<>(orders(holds, false));
    return finished(orders(holds, true))
        .onSuccess(removable::addAll)
        .compose(done -> repository.removeLines(removable));
  }

  private static List<UUID> orders(List<SettledHold> page, boolean sold) {
    return page.stream()
        .filter(hold -> (hold.state() == HoldState.COMMITTED) == sold)
        .map(SettledHold::orderId)
        .toList();
  }

  private Future<List<UUID>> finished(List<UUID> orders) {
    return orders.isEmpty()
        ? Future.succeededFuture(List.of())
        : bus.call(
                ResolveContract.FINISHED,
                new FindFinished(orders),
                RequestContext.background(FINISHED_TIMEOUT_MILLIS))
            .map(ResolveContract.Finished::orderIds);
  }
}
