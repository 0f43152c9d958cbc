package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.ResolveContract.FindFinished;
import org.tradepost.common.contract.order.ResolveContract.Finished;
import org.tradepost.platform.sql.Database;

/** Finds orders whose hold lines the product service may remove: none can still be cancelled. */
final class FinishedOrders {

  /** A discarded event counts as undelivered: an operator may still have to examine it. */
  private static final String FIND =
      """
      select id from orders
       where id = any($1) and status in ('SHIPPED', 'DELIVERED')
         and not exists (select 1 from undelivered where order_id = orders.id)
      """;

  private final Database database;

  FinishedOrders(Database database) {
    this.database = database;
  }

  Future<Finished> find(FindFinished request, RequestContext call) {
    return database
        .query(FIND, Tuple.tuple().addValue(request.orderIds().toArray(UUID[]::new)))
        .map(rows -> new Finished(rows.stream().map(row -> row.getUUID("id")).toList()));
  }
}
