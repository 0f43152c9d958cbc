package org.tradepost.product.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.settlement.HoldState;

/**
 * Finds holds that were settled long ago, and removes their lines. The table is scanned from
 * beginning to end, so that settlements need not maintain an index for this.
 */
final class HoldLineRemovalRepository {

  /** The number of table pages read at once, with some dozens of holds each. */
  static final int PAGES_AT_ONCE = 16;

  private static final String SETTLED =
      """
      select order_id, state from hold
       where ctid >= format('(%s,0)', $2::bigint)::tid and ctid < format('(%s,0)', $2 + $3::bigint)::tid
         and settled_at < now() - make_interval(days => $1) and lines_removed_at is null
      """;

  private static final String SIZE =
      "select pg_relation_size('hold') / current_setting('block_size')::bigint as pages";

  // A settlement locks a hold and then reads its lines; a locked hold is left for later.
  private static final String REMOVE_LINES =
      """
      with due as (
        select order_id from hold
         where order_id = any($1) and settled_at is not null and lines_removed_at is null
         order by order_id for update skip locked
      )
      update hold set lines = null, lines_removed_at = now() from due where hold.order_id = due.order_id
      """;

  private final Database database;

  HoldLineRemovalRepository(Database database) {
    this.database = database;
  }

  record SettledHold(UUID orderId, HoldState state) {}

  /** Returns holds from a page on that were settled more than {@code days} ago and have lines. */
  Future<List<SettledHold>> settled(int days, long page) {
    return database
        .query(SETTLED, Tuple.of(days, page, (long) PAGES_AT_ONCE))
        .map(rows -> rows.stream().map(HoldLineRemovalRepository::hold).toList());
  }

  private static SettledHold hold(Row row) {
    return new SettledHold(row.getUUID("order_id"), HoldState.valueOf(row.getString("state")));
  }

  /** How many pages the table has. */
  Future<Long> pages() {
    return database.query(SIZE).map(rows -> rows.iterator().next().getLong("pages"));
  }

  Future<Void> removeLines(List<UUID> orders) {
    return orders.isEmpty()
        ? Future.succeededFuture()
        : database
            .query(REMOVE_LINES, Tuple.tuple().addArrayOfUUID(orders.toArray(UUID[]::new)))
            .mapEmpty();
  }
}
