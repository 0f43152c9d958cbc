package org.tradepost.product.listing;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.tradepost.common.contract.product.ProductContract.CategoryCount;
import org.tradepost.common.contract.product.ProductContract.Facets;
import org.tradepost.common.contract.product.ProductContract.PriceBand;

/**
 * The numbers of products by category and by price band.
 *
 * @param total the number of products counted
 * @param products the approximate number of products in the whole catalogue; not positive if the
 *     database has no estimate
 */
record FacetCounts(
    List<CategoryCount> categories, List<PriceBand> prices, long total, long products) {

  private static final int MAX_CATEGORIES = 20;
  private static final long MAX_AMOUNT = 10_000_000_000L;

  /** The lower bounds of the price bands: 0, then 1, 2 and 5 times each power of ten from 100. */
  static final List<Long> BOUNDS =
      LongStream.concat(
              LongStream.of(0),
              LongStream.iterate(100, unit -> unit < MAX_AMOUNT, unit -> unit * 10)
                  .flatMap(unit -> LongStream.of(unit, 2 * unit, 5 * unit)))
          .boxed()
          .toList();

  /** Reads the result of {@link Matches#facets}. */
  static FacetCounts of(RowSet<Row> rows) {
    var categories = new ArrayList<CategoryCount>();
    var prices = new ArrayList<PriceBand>();
    var total = 0L;
    var products = 0L;
    for (var row : rows) {
      var count = row.getLong("count");
      switch (row.getInteger("level")) {
        case 1 -> categories.add(new CategoryCount(row.getString("category"), count));
        case 2 -> prices.add(band(row.getInteger("band"), count));
        default -> {
          total = count;
          products = row.getLong("products");
        }
      }
    }
    return new FacetCounts(categories, prices, total, products);
  }

  /** Returns the price band with this number; the first is 1. */
  private static PriceBand band(int number, long count) {
    var maxPrice = number < BOUNDS.size() ? BOUNDS.get(number) - 1 : MAX_AMOUNT;
    return new PriceBand(BOUNDS.get(number - 1), maxPrice, count);
  }

  /** Returns the counts as they are. */
  Facets exact() {
    return facets(1, null);
  }

  /** Scales the counts in a sample up to the whole catalogue. */
  Facets estimated(int sample) {
    return facets(Math.max(1, (double) products / sample), true);
  }

  private Facets facets(double scale, Boolean estimated) {
    return new Facets(
        categories.stream()
            .map(count -> new CategoryCount(count.category(), Math.round(count.count() * scale)))
            .sorted(
                Comparator.comparing(CategoryCount::count)
                    .reversed()
                    .thenComparing(CategoryCount::category))
            .limit(MAX_CATEGORIES)
            .toList(),
        prices.stream()
            .map(
                band ->
                    new PriceBand(
                        band.minPrice(), band.maxPrice(), Math.round(band.count() * scale)))
            .sorted(Comparator.comparing(PriceBand::minPrice))
            .toList(),
        estimated);
  }
}
