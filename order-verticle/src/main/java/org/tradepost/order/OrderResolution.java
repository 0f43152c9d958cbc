package org.tradepost.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.order.ResolveContract.Resolved;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.platform.sql.Database;

/**
 * Decides the fate of orders whose holds have expired. An order without a row gets a tombstone,
 * which blocks any later attempt to place it.
 */
final class OrderResolution {

  private static final String WRITE_TOMBSTONES =
      """
      insert into orders (id, status, version, updated_at)
      select id, 'ABANDONED', 0, now() from unnest($1::uuid[]) as t (id) order by id
      on conflict (id) do nothing
      """;

  private static final String STATUS = "select id, status from orders where id = any($1)";

  private final Database database;

  OrderResolution(Database database) {
    this.database = database;
  }

  Future<Resolved> resolve(Resolve request, RequestContext call) {
    var ids = Tuple.tuple().addValue(request.orderIds().toArray(UUID[]::new));
    return database.transaction(
        connection ->
            connection
                .preparedQuery(WRITE_TOMBSTONES)
                .execute(ids)
                .compose(written -> connection.preparedQuery(STATUS).execute(ids))
                .map(
                    rows -> new Resolved(rows.stream().map(OrderResolution::settlement).toList())));
  }

  private static Settlement settlement(Row row) {
    return new Settlement(
        row.getUUID("id"),
        switch (row.getString("status")) {
          case "ABANDONED" -> Fate.ABANDONED;
          case "CANCELLED" -> Fate.CANCELLED;
          default -> Fate.PLACED;
        });
  }
}
