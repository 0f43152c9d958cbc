package org.tradepost.product.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.settlement.HoldState;

/** Finds holds that were settled long ago, and removes their lines. */
final class HoldLineRemovalRepository {

  static final int PAGE = 200;

  private static final String SETTLED =
      """
      select order_id, state, settled_at from hold
       where state <> 'HELD' and lines_removed_at is null
         and settled_at < now() - make_interval(days => $1) and (settled_at, order_id) > ($2, $3)
       order by settled_at, order_id limit $4
      """;

  // A settlement locks a hold and then reads its lines; a locked hold is left for later.
  private static final String REMOVE_LINES =
      """
      with due as (
        select order_id from hold
         where order_id = any($1) and state <> 'HELD' and lines_removed_at is null
         order by order_id for update skip locked
      ), removed as (
        delete from hold_line using due where hold_line.order_id = due.order_id
      )
      update hold set lines_removed_at = now() from due where hold.order_id = due.order_id
      """;

  private final Database database;

  HoldLineRemovalRepository(Database database) {
    this.database = database;
  }

  /** The position of a settled hold in the order of settlement. */
  record SettledHold(UUID orderId, HoldState state, OffsetDateTime settledAt) {

    /** Before all others. */
    static final SettledHold NONE =
        new SettledHold(
            new UUID(0, 0),
            HoldState.RELEASED,
            OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
  }

  /** The next {@link #PAGE} that were settled more than so many days ago and have their lines. */
  Future<List<SettledHold>> settled(int days, SettledHold after) {
    return database
        .query(SETTLED, Tuple.of(days, after.settledAt(), after.orderId(), PAGE))
        .map(rows -> rows.stream().map(HoldLineRemovalRepository::hold).toList());
  }

  private static SettledHold hold(Row row) {
    return new SettledHold(
        row.getUUID("order_id"),
        HoldState.valueOf(row.getString("state")),
        row.getOffsetDateTime("settled_at"));
  }

  Future<Void> removeLines(List<UUID> orders) {
    return orders.isEmpty()
        ? Future.succeededFuture()
        : database
            .query(REMOVE_LINES, Tuple.tuple().addArrayOfUUID(orders.toArray(UUID[]::new)))
            .mapEmpty();
  }
}
