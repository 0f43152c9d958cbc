package org.tradepost.product.catalogue;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Database;

/** Products in the database. Each change also writes its events, and the price if that changes. */
final class ProductRepository {

  private static final String CREATE =
      """
      with product as (
        insert into product (id, sku, name, description, category, amount, currency, attributes)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning *
      ), stock as (
        insert into stock (product_id, on_hand) values ($1, $9) returning *
      ), price as (
        insert into price_history (product_id, version, valid_from, amount, currency)
        select id, version, created_at, amount, currency from product
      ), opening as (
        insert into ledger (product_id, delta, reason, on_hand) values ($1, $9, 'opening', $9)
      ), logged as (
        insert into event (type, subject, subject_version, sequence, data, traceparent)
        select 'ProductCreated', id, version, 1, $10, $11 from product
      )
      select %s from product, stock
      """
          .formatted(ProductRows.COLUMNS);

  private static final String READ =
      "select %s from product join stock on product_id = id where id = any($1)"
          .formatted(ProductRows.COLUMNS);

  private static final String CHANGE =
      """
      with product as (
        update product
        set name = $2, description = $3, category = $4, amount = $5, currency = $6,
            attributes = $7, status = $8, version = version + 1, updated_at = clock_timestamp()
        where id = $1
        returning *
      ), price as (
        insert into price_history (product_id, version, valid_from, amount, currency)
        select id, version, updated_at, amount, currency from product where $9
      ), logged as (
        insert into event (type, subject, subject_version, sequence, data, traceparent)
        select 'ProductChanged', id, version, %s, $10::jsonb, $12 from product
        union all
        select 'PriceChanged', id, version, %<s + 1, $11::jsonb, $12 from product where $9
      )
      select %s from product join stock on product_id = id
      """
          .formatted(ProductEvents.NEXT_NUMBER, ProductRows.COLUMNS);

  // A hold locks this row before it reads the product, so no hold is made in the meantime.
  private static final String LOCK_STOCK =
      "select reserved from stock where product_id = $1 for update";

  private static final String LOCK_PRODUCT =
      "select status, version from product where id = $1 for update";

  private static final String ARCHIVE =
      """
      with product as (
        update product
        set status = 'archived', version = version + 1, updated_at = clock_timestamp()
        where id = $1
        returning id, version
      )
      insert into event (type, subject, subject_version, sequence, data, traceparent)
      select 'ProductArchived', id, version, %s, '{}', $2 from product
      """
          .formatted(ProductEvents.NEXT_NUMBER);

  private final Database database;

  ProductRepository(Database database) {
    this.database = database;
  }

  /** The state that decides whether a product may be archived. */
  record ArchiveState(boolean archived, long version, long reserved) {}

  /** Fails with {@code SKU_TAKEN} if another product has the SKU. */
  Future<Product> create(NewProduct product, String traceparent) {
    var parameters =
        Tuple.tuple()
            .addUUID(product.id())
            .addString(product.sku())
            .addString(product.name())
            .addString(product.description())
            .addString(product.category())
            .addLong(product.price().amount())
            .addString(product.price().currency())
            .addJsonObject(ProductRows.json(product.attributes()))
            .addLong(product.initialStock())
            .addJsonObject(ProductEvents.created(product))
            .addString(traceparent);
    return database
        .query(CREATE, parameters)
        .map(rows -> ProductRows.product(rows.iterator().next()))
        .recover(ProductRepository::skuTaken);
  }

  private static Future<Product> skuTaken(Throwable failure) {
    return Future.failedFuture(
        failure instanceof PgException pg && "product_sku_taken".equals(pg.getConstraint())
            ? new ServiceException(ProductError.SKU_TAKEN)
            : failure);
  }

  /** Returns the products that exist, by id. */
  Future<Map<UUID, Product>> read(List<UUID> ids) {
    // On the pool that plans a statement once: planning each batch would cost more than running it.
    return database
        .transaction(READ, ids(ids))
        .map(
            rows -> {
              var products = new HashMap<UUID, Product>();
              rows.forEach(row -> products.put(row.getUUID("id"), ProductRows.product(row)));
              return products;
            });
  }

  private static Tuple ids(List<UUID> ids) {
    return Tuple.of(ids.toArray(UUID[]::new));
  }

  /** Changes a product while it is locked. An unchanged product keeps its version. */
  Future<Product> change(UUID id, UnaryOperator<Product> change, String traceparent) {
    return database.transaction(
        connection -> {
          var locked = connection.preparedQuery(ProductEvents.LOCK).execute(Tuple.of(id));
          var product =
              connection.preparedQuery(READ + " for update of product").execute(ids(List.of(id)));
          return Future.all(locked, product)
              .map(done -> ProductRows.product(only(product.result())))
              .compose(before -> write(connection, before, change.apply(before), traceparent));
        });
  }

  private static Future<Product> write(
      SqlConnection connection, Product before, Product after, String traceparent) {
    if (after.equals(before)) {
      return Future.succeededFuture(before);
    }
    var parameters =
        Tuple.tuple()
            .addUUID(after.id())
            .addString(after.name())
            .addString(after.description())
            .addString(after.category())
            .addLong(after.price().amount())
            .addString(after.price().currency())
            .addJsonObject(ProductRows.json(after.attributes()))
            .addString(after.status())
            .addBoolean(!after.price().equals(before.price()))
            .addJsonObject(ProductEvents.changed(before, after))
            .addJsonObject(ProductEvents.priceChanged(before, after))
            .addString(traceparent);
    return connection
        .preparedQuery(CHANGE)
        .execute(parameters)
        .map(rows -> ProductRows.product(only(rows)));
  }

  /**
   * Archives a product.
   *
   * @param decision returns whether there is anything to do; throws to reject the change
   */
  Future<Void> archive(UUID id, Predicate<ArchiveState> decision, String traceparent) {
    return database.transaction(
        connection -> {
          var locked = connection.preparedQuery(ProductEvents.LOCK).execute(Tuple.of(id));
          var stock = connection.preparedQuery(LOCK_STOCK).execute(Tuple.of(id));
          var product = connection.preparedQuery(LOCK_PRODUCT).execute(Tuple.of(id));
          return Future.all(locked, stock, product)
              .map(done -> state(only(product.result()), only(stock.result())))
              .compose(
                  state ->
                      decision.test(state)
                          ? connection
                              .preparedQuery(ARCHIVE)
                              .execute(Tuple.of(id, traceparent))
                              .mapEmpty()
                          : Future.succeededFuture());
        });
  }

  private static ArchiveState state(Row product, Row stock) {
    return new ArchiveState(
        Product.ARCHIVED.equals(product.getString("status")),
        product.getLong("version"),
        stock.getLong("reserved"));
  }

  private static Row only(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw new ServiceException(CommonError.NOT_FOUND, "There is no such product");
    }
    return rows.iterator().next();
  }
}
