package org.tradepost.product.catalogue;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.platform.sql.BoundedReads;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.metrics.Metrics;

/**
 * Reads the catalogue page by page.
 *
 * <p>A filtered page is first searched in the next products of the order, which is cheap enough for
 * all requests at once. If that does not fill it, all matches are sorted, for few requests at once
 * and for a short time. If there are too many matches, the search goes farther along the order. If
 * the page is still not full, it says that it is incomplete, and the next page continues after the
 * last product that was examined.
 */
final class ListingRepository {

  /**
   * How many products are examined for one page.
   *
   * @param near the most products that every request examines
   * @param far the most products that a request examines as the last resort
   * @param sorted from this number on, matches are too many to be sorted
   */
  record Reach(int near, int far, int sorted) {}

  /** With a million products in memory, the near search takes 1 ms, each of the others 10 to 20. */
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

  /** Fails with {@code OVERLOADED} when too many requests need more than the near search. */
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

  /** Starts to measure the filtered pages that need more than the near search. */
  void measure(Metrics metrics) {
    reads.measure(metrics, "searches to run");
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
