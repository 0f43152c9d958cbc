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
   * @param tooManyToSort from this number on, there are too many matches to sort
   */
  record SearchLimits(int near, int far, int tooManyToSort) {

    /** The size of the sample that shows whether too many products match. */
    int sample() {
      return 2 * near;
    }
  }

  /** With a million products in memory, the near search takes 1 ms, each other one 10 to 20 ms. */
  static final SearchLimits LIMITS = new SearchLimits(300, 5_000, 5_000);

  private static final int MAX_STATEMENTS = 3;

  /** The fewest matches in a sample that allow an estimate. */
  private static final int MIN_SAMPLE_MATCHES = 4;

  /** If the near search finds this many, there are probably too many to sort: go farther first. */
  private static final int MATCHES_TO_GO_FARTHER = 2;

  private final Database database;
  private final BoundedReads reads;
  private final SearchLimits limits;

  ListingRepository(Database database, BoundedReads reads, SearchLimits limits) {
    this.database = database;
    this.reads = reads;
    this.limits = limits;
  }

  /** Returns a new budget for one page. */
  static StatementBudget budget() {
    return new StatementBudget(MAX_STATEMENTS);
  }

  /** Fails with {@code OVERLOADED} when too many requests need more than the near search. */
  Future<ProductPage> page(ProductListing listing, RequestContext call, StatementBudget budget) {
    if (!listing.isFiltered()) {
      return database.query(listing.sql(), listing.parameters()).map(rows -> page(rows, listing));
    }
    return database
        .query(listing.filtered().scanInOrder(limits.near()), listing.parameters())
        .map(rows -> page(rows, listing))
        .compose(
            near ->
                isComplete(near)
                    ? Future.succeededFuture(near)
                    : searchFarther(near, listing, call, budget));
  }

  private Future<ProductPage> searchFarther(
      ProductPage near, ProductListing listing, RequestContext call, StatementBudget budget) {
    return near.items().size() < MATCHES_TO_GO_FARTHER
        ? sortMatches(listing, call, budget)
            .compose(page -> page.isPresent() ? found(page) : scanInOrder(listing, call, budget))
            .map(page -> page.orElse(near))
        : scanInOrder(listing, call, budget)
            .compose(
                page ->
                    page.filter(ListingRepository::isComplete).isPresent()
                        ? found(page)
                        : sortMatches(listing, call, budget).map(sorted -> sorted.or(() -> page)))
            .map(page -> page.orElse(near));
  }

  private static Future<Optional<ProductPage>> found(Optional<ProductPage> page) {
    return Future.succeededFuture(page);
  }

  private Future<Optional<ProductPage>> sortMatches(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.filtered().sortMatches(limits.tooManyToSort()), listing, call, budget)
        .map(page -> page.filter(ListingRepository::isComplete));
  }

  private Future<Optional<ProductPage>> scanInOrder(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.filtered().scanInOrder(limits.far()), listing, call, budget);
  }

  /**
   * Whether too many products match to be ranked, estimated from a sample of the catalogue. Also
   * false if the sample has too few matches for an estimate.
   */
  Future<Boolean> isCommon(ProductListing listing) {
    return database
        .query(listing.matches().countInSample(limits.sample()), listing.parameters())
        .map(rows -> rows.iterator().next())
        .map(
            row -> {
              var matching = row.getLong("matching");
              return matching >= MIN_SAMPLE_MATCHES
                  && matching * row.getLong("products") / limits.sample() >= limits.tooManyToSort();
            });
  }

  /**
   * Returns a page of a ranked part: incomplete if too many products match, empty if the budget is
   * spent or the statement takes too long. After the first page, the limit on matches is doubled,
   * so that a ranked listing stays ranked while products are added.
   */
  Future<Optional<ProductPage>> ranked(
      ProductListing listing, RequestContext call, StatementBudget budget) {
    return read(listing.ranked(limits.tooManyToSort()), listing, call, budget);
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
