package org.tradepost.product.listing;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Optional;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.platform.sql.BoundedReads;
import org.tradepost.platform.sql.Database;
import org.tradepost.product.catalogue.ProductRows;

/**
 * Reads the catalogue page by page.
 *
 * <p>A filtered page is first searched for among the next products in sort order (the near search),
 * which is cheap enough for all requests at once. If that does not fill the page, all matches are
 * sorted, for a few requests at once and for a short time. If there are too many matches, the
 * search goes farther along the sort order. If the page is still not full, it is marked incomplete,
 * and the next page continues after the last product examined.
 */
final class ListingRepository {

  /**
   * How many products are examined for one page.
   *
   * @param near the most products that the near search examines
   * @param far the most products that the search farther along the sort order examines
   * @param sorted from this number on, there are too many matches to sort
   */
  record Reach(int near, int far, int sorted) {

    /** The size of the sample that shows whether too many products match. */
    int sample() {
      return 2 * near;
    }
  }

  /** With a million products in memory, the near search takes 1 ms, each other one 10 to 20 ms. */
  static final Reach REACH = new Reach(300, 5_000, 5_000);

  private static final int STATEMENTS = 3;

  /** The fewest matches in a sample that allow an estimate. */
  private static final int COMMON = 4;

  /** If the near search finds this many, there are probably too many to sort: go farther first. */
  private static final int SOME = 2;

  private final Database database;
  private final BoundedReads reads;
  private final Reach reach;

  ListingRepository(Database database, BoundedReads reads, Reach reach) {
    this.database = database;
    this.reads = reads;
    this.reach = reach;
  }

  /** Returns a new budget for one page. */
  static StatementBudget budget() {
    return new StatementBudget(STATEMENTS);
  }

  /** Fails with {@code OVERLOADED} when too many requests need more than the near search. */
  Future<ProductPage> page(ProductListing listing, RequestContext call, StatementBudget budget) {
    if (!listing.isFiltered()) {
      return database.query(listing.sql(), listing.parameters()).map(rows -> page(rows, listing));
    }
    return database
        .query(listing.filtered().along(reach.near()), listing.parameters())
        .map(rows -> page(rows, listing))
        .compose(
            near ->
                isComplete(near)
                    ? Future.succeededFuture(near)
                    : farther(near, listing, call, budget));
  }

  private Future<ProductPage> farther(
      ProductPage near, ProductListing listing, RequestContext call, StatementBudget budget) {
    return near.items().size() < SOME
        ? sorted(listing, call, budget)
            .compose(page -> page.isPresent() ? found(page) : along(listing, call, budget))
            .map(page -> page.orElse(near))
        : along(listing, call, budget)
            .compose(
                page ->
                    page.filter(ListingRepository::isComplete).isPresent()
                        ? found(page)
                        : sorted(listing, call, budget).map(sorted -> sorted.or(() -> page)))
            .map(page -> page.orElse(near));
  }

  private static Future<Optional<ProductPage>> found(Optional<ProductPage> page) {
    return Future.succeededFuture(page);
  }

  private Future<Optional<ProductPage>> sorted(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.filtered().sorted(reach.sorted()), listing, call, budget)
        .map(page -> page.filter(ListingRepository::isComplete));
  }

  private Future<Optional<ProductPage>> along(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.filtered().along(reach.far()), listing, call, budget);
  }

  /**
   * Whether too many products match to be ranked, estimated from a sample of the catalogue. Also
   * false if the sample has too few matches for an estimate.
   */
  Future<Boolean> isCommon(ProductListing listing) {
    return database
        .query(listing.matches().countInSample(reach.sample()), listing.parameters())
        .map(rows -> rows.iterator().next())
        .map(
            row -> {
              var matching = row.getLong("matching");
              return matching >= COMMON
                  && matching * row.getLong("products") / reach.sample() >= reach.sorted();
            });
  }

  /**
   * Returns a page of a ranked part: incomplete if too many products match, empty if the budget is
   * spent or the statement takes too long. After the first page, the limit on matches is doubled,
   * so that a ranked listing stays ranked while products are added.
   */
  Future<Optional<ProductPage>> ranked(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.ranked(reach.sorted()), listing, call, budget);
  }

  private Future<Optional<ProductPage>> read(
      String sql, ProductListing listing, RequestContext call, StatementBudget budget) {
    return budget.take()
        ? reads
            .query(sql, listing.parameters(), call)
            .map(rows -> rows.map(found -> page(found, listing)))
        : Future.succeededFuture(Optional.empty());
  }

  static boolean isComplete(ProductPage page) {
    return page.incomplete() == null;
  }

  private static ProductPage page(RowSet<Row> rows, ProductListing listing) {
    var items = new ArrayList<Product>();
    Row last = null;
    for (var row : rows) {
      if (items.size() == listing.limit()) {
        return new ProductPage(items, listing.cursor(last), null, null);
      }
      if (listing.isFiltered() && !row.getBoolean("matches")) {
        return new ProductPage(items, listing.cursor(row), true, null);
      }
      items.add(ProductRows.product(row));
      last = row;
    }
    return new ProductPage(items, null, null, null);
  }
}
