package org.tradepost.product.catalogue;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.platform.sql.BoundedReads;
import org.tradepost.platform.sql.Database;

/**
 * Reads the catalogue page by page.
 *
 * <p>A page that is filtered is looked for nearby first, which is cheap enough for everybody at
 * once; then, by few at once and for a short time, among all that match; and when these are too
 * many, farther along the order. What cannot be found like this is not looked for: the page says
 * that it is incomplete, and the next one goes on behind the last product that was looked at.
 */
final class ListingRepository {

  /**
   * How much is looked at for one page.
   *
   * @param near the products that every request may look at
   * @param far the products that one may look at when nothing else helps
   * @param sorted so many matches are too many to be sorted
   */
  record Reach(int near, int far, int sorted) {}

  /** Of a million products in memory, the near ones take 1 ms, each of the others 10 to 20. */
  private static final Reach REACH = new Reach(300, 5_000, 5_000);

  /** At most two statements for one request, and two requests at once for one instance. */
  private static final BoundedReads.Bounds BOUNDS =
      new BoundedReads.Bounds(2, 50, Duration.ofMillis(25));

  private final Database database;
  private final BoundedReads reads;
  private final Reach reach;

  ListingRepository(Database database) {
    this(database, BOUNDS, REACH);
  }

  ListingRepository(Database database, BoundedReads.Bounds bounds, Reach reach) {
    this.database = database;
    this.reads = new BoundedReads(database, bounds);
    this.reach = reach;
  }

  /** Fails with {@code OVERLOADED} when too many look farther than nearby. */
  Future<ProductPage> page(ProductListing listing, RequestContext call) {
    if (!listing.isFiltered()) {
      return database.query(listing.sql(), listing.parameters()).map(rows -> page(rows, listing));
    }
    return database
        .query(listing.filtered().along(reach.near()), listing.parameters())
        .map(rows -> page(rows, listing))
        .compose(
            near -> isComplete(near) ? Future.succeededFuture(near) : farther(near, listing, call));
  }

  private Future<ProductPage> farther(
      ProductPage near, ProductListing listing, RequestContext call) {
    return read(listing.filtered().sorted(reach.sorted()), listing, call)
        .map(sorted -> sorted.filter(ListingRepository::isComplete))
        .compose(
            sorted ->
                sorted.isPresent()
                    ? Future.succeededFuture(sorted)
                    : read(listing.filtered().along(reach.far()), listing, call))
        .map(found -> found.orElse(near));
  }

  private Future<Optional<ProductPage>> read(
      String sql, ProductListing listing, RequestContext call) {
    return reads
        .query(sql, listing.parameters(), call)
        .map(rows -> rows.map(found -> page(found, listing)));
  }

  /** Which filtered pages wait for their turn to look farther. */
  Future<Map<String, Object>> queue() {
    return reads.metrics();
  }

  private static boolean isComplete(ProductPage page) {
    return page.incomplete() == null;
  }

  private static ProductPage page(RowSet<Row> rows, ProductListing listing) {
    var items = new ArrayList<Product>();
    Row last = null;
    for (var row : rows) {
      if (items.size() == listing.limit()) {
        return new ProductPage(items, listing.cursor(last), null);
      }
      if (listing.isFiltered() && !row.getBoolean("matches")) {
        return new ProductPage(items, listing.cursor(row), true);
      }
      items.add(ProductRows.product(row));
      last = row;
    }
    return new ProductPage(items, null, null);
  }
}
