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
 * Removes the lines of holds that can no longer change, one page at a time.
 *
 * <p>A hold that was released or returned does not change. Sold pieces can be returned until the
 * order is finished, which only the order service knows.
 */
public final class HoldLineRemoval {

  private static final long FINISHED_MILLIS = 2_000;

  private final ServiceBus bus;
  private final HoldLineRemovalRepository repository;
  private SettledHold last = SettledHold.NONE;

  public HoldLineRemoval(ServiceBus bus, Database database) {
    this.bus = bus;
    this.repository = new HoldLineRemovalRepository(database);
  }

  /** Processes a page of holds settled more than so many days ago; true when there is another. */
  public Future<Boolean> step(int days) {
    return repository
        .settled(days, last)
        .compose(this::remove)
        .onFailure(failure -> last = SettledHold.NONE);
  }

  private Future<Boolean> remove(List<SettledHold> page) {
    var over = new ArrayList<>(orders(page, false));
    return finished(orders(page, true))
        .onSuccess(over::addAll)
        .compose(done -> repository.removeLines(over))
        .map(
            done -> {
              var more = page.size() == HoldLineRemovalRepository.PAGE;
              last = more ? page.get(page.size() - 1) : SettledHold.NONE;
              return more;
            });
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
                RequestContext.own(FINISHED_MILLIS))
            .map(ResolveContract.Finished::orderIds);
  }
}
