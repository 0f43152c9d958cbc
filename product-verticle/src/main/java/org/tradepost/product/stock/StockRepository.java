package org.tradepost.product.stock;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.tradepost.common.contract.product.ProductContract.AdjustStock;
import org.tradepost.common.contract.product.ProductContract.LedgerEntry;
import org.tradepost.common.contract.product.ProductContract.LedgerPage;
import org.tradepost.common.contract.product.ProductContract.ListLedger;
import org.tradepost.common.contract.product.ProductContract.StockLevel;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.catalogue.ProductEvents;

/** Stock and its ledger in the database. */
final class StockRepository {

  private static final String LEVEL =
      "select product_id, on_hand, reserved from stock where product_id = $1";

  private static final String ENTRY_OF_KEY =
      """
      select number, id, delta, reason, order_id, on_hand, created_at
      from ledger where product_id = $1 and idempotency_key = $2
      """;

  private static final String ADJUST =
      """
      with stock as (
        update stock set on_hand = on_hand + $2 where product_id = $1
        returning product_id, on_hand
      ), entry as (
        insert into ledger
          (product_id, delta, reason, idempotency_key, on_hand, created_at)
        select product_id, $2, $3, $4, on_hand, clock_timestamp() from stock
        returning number, id, delta, reason, order_id, on_hand, created_at
      ), logged as (
        insert into event (type, subject, subject_version, sequence, data, traceparent)
        select 'StockAdjusted', id, version, %s, $5, $6 from product where id = $1
      )
      select * from entry
      """
          .formatted(ProductEvents.NEXT_NUMBER);

  private static final String LEDGER =
      """
      select number, id, delta, reason, order_id, on_hand, created_at
      from ledger where product_id = $1 and number < $2
      order by number desc limit $3
      """;

  private final Database database;

  StockRepository(Database database) {
    this.database = database;
  }

  /**
   * An adjustment's entry in the ledger.
   *
   * @param replayed whether an earlier request with the same key made it
   */
  record Adjusted(LedgerEntry entry, boolean replayed) {}

  /** Fails with {@code NOT_FOUND}. */
  Future<StockLevel> level(UUID productId) {
    return database.query(LEVEL, Tuple.of(productId)).map(StockRepository::level);
  }

  /**
   * Adjusts the stock on hand, once for each idempotency key.
   *
   * @param check throws to reject the adjustment, given the current stock
   */
  Future<Adjusted> adjust(AdjustStock request, Consumer<StockLevel> check, String traceparent) {
    return database.transaction(
        connection -> {
          var locked = connection.preparedQuery(ProductEvents.LOCK).execute(Tuple.of(request.id()));
          var level =
              connection
                  .preparedQuery(LEVEL + " for update")
                  .execute(Tuple.of(request.id()))
                  .map(StockRepository::level);
          // Begins when the stock is locked, so that no other request with this key is in progress.
          var earlier =
              connection
                  .preparedQuery(ENTRY_OF_KEY)
                  .execute(Tuple.of(request.id(), request.idempotencyKey()));
          return Future.all(locked, level, earlier)
              .compose(
                  done -> {
                    if (earlier.result().size() > 0) {
                      return replay(request, entry(earlier.result().iterator().next()));
                    }
                    check.accept(level.result());
                    return write(connection, request, traceparent);
                  });
        });
  }

  private static Future<Adjusted> replay(AdjustStock request, LedgerEntry entry) {
    return entry.delta() == request.delta() && entry.reason().equals(request.reason())
        ? Future.succeededFuture(new Adjusted(entry, true))
        : Future.failedFuture(new ServiceException(CommonError.IDEMPOTENCY_MISMATCH));
  }

  private static Future<Adjusted> write(
      SqlConnection connection, AdjustStock request, String traceparent) {
    var parameters =
        Tuple.tuple()
            .addUUID(request.id())
            .addLong(request.delta())
            .addString(request.reason())
            .addString(request.idempotencyKey())
            .addJsonObject(
                new JsonObject().put("delta", request.delta()).put("reason", request.reason()))
            .addString(traceparent);
    return connection
        .preparedQuery(ADJUST)
        .execute(parameters)
        .map(rows -> new Adjusted(entry(rows.iterator().next()), false));
  }

  /** The ledger, newest first. Fails with {@code NOT_FOUND}. */
  Future<LedgerPage> ledger(ListLedger request) {
    var name = Cursor.listing("ledger", request.id());
    var before = request.cursor() == null ? Long.MAX_VALUE : before(request.cursor(), name);
    return database
        .query(LEDGER, Tuple.of(request.id(), before, request.limit() + 1))
        .map(rows -> page(rows, request, name));
  }

  private static long before(String cursor, String name) {
    return Cursor.read(cursor, name, 1).number(0, 0, Long.MAX_VALUE);
  }

  private static LedgerPage page(RowSet<Row> rows, ListLedger request, String name) {
    if (rows.size() == 0 && request.cursor() == null) {
      // Every ledger has an opening entry, so there is no such product.
      throw unknown();
    }
    var items = new ArrayList<LedgerEntry>();
    var last = 0L;
    for (var row : rows) {
      if (items.size() == request.limit()) {
        return new LedgerPage(items, Cursor.write(name, List.of(Long.toString(last))));
      }
      items.add(entry(row));
      last = row.getLong("number");
    }
    return new LedgerPage(items, null);
  }

  private static StockLevel level(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw unknown();
    }
    var row = rows.iterator().next();
    var onHand = row.getLong("on_hand");
    var reserved = row.getLong("reserved");
    return new StockLevel(row.getUUID("product_id"), onHand, reserved, onHand - reserved);
  }

  private static LedgerEntry entry(Row row) {
    return new LedgerEntry(
        id(row),
        row.getLong("delta"),
        row.getString("reason"),
        row.getUUID("order_id"),
        row.getLong("on_hand"),
        row.getOffsetDateTime("created_at").toInstant());
  }

  /** Entries of orders have no stored id; theirs is a version 8 UUID made from the entry number. */
  private static UUID id(Row row) {
    var id = row.getUUID("id");
    return id == null ? new UUID(0x8000, Long.MIN_VALUE | row.getLong("number")) : id;
  }

  private static ServiceException unknown() {
    return new ServiceException(CommonError.NOT_FOUND, "There is no such product");
  }
}
