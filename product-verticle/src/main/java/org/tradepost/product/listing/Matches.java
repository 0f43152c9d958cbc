package org.tradepost.product.listing;

import java.util.Locale;
import org.tradepost.product.catalogue.ProductRows;

/**
 * The statements that examine all matching products, regardless of the order of any index.
 *
 * @param queries see {@link SearchSql#queries}; empty without a search
 * @param conditions that products meet, joined by {@code and}; empty for all products
 */
record Matches(String queries, String conditions) {

  Matches {
    conditions = conditions.isEmpty() ? "true" : conditions;
  }

  /** If the last row has {@code matches} = false, too many match, as in {@link FilteredPage}. */
  private static final String RANKED =
      """
      with %1$s found as materialized (
        select id, sku, name_key, search from product where %2$s limit %3$d
      ), scored as materialized (
        select id, %4$s as score from found where (select count(*) from found) < %3$d
      ), page as (
        (select id, score, true as matches from scored %5$s
          order by score desc, id desc limit %6$d)
        union all
        (select id, 0, false from found where (select count(*) from found) = %3$d limit 1)
      )
      select %7$s, name_key, score, matches from page
        join product using (id) join stock on product_id = id
       order by score desc, id desc
      """;

  // Ids are random, so the first ones are a random sample.
  private static final String SAMPLE =
      "(select * from product order by id limit %d) as sampled where %s";

  private static final String IN_SAMPLE =
      "with %s counted as (select count(*) as matching from %s) select matching, %s from counted";

  private static final String ESTIMATED_PRODUCTS =
      "(select reltuples from pg_class where oid = 'product'::regclass)::bigint as products";

  private static final String FACETS =
      """
      with %1$s found as materialized (
        select category, width_bucket(amount, array%2$s::bigint[]) as band from %3$s
      )
      select grouping(category, band) as level, category, band, count(*) as count, %4$s
        from found group by grouping sets ((category), (band), ())
      """;

  /**
   * Returns the most relevant products, unless too many match.
   *
   * @param where the {@code where} clause that skips the products of earlier pages, or empty
   */
  String ranked(String where, int limit, int tooMany) {
    return String.format(
        Locale.ROOT,
        RANKED,
        queries,
        conditions,
        tooMany,
        SearchSql.SCORE,
        where,
        limit,
        ProductRows.COLUMNS);
  }

  /** Counts the matches in a sample, and estimates the number of all products. */
  String countInSample(int size) {
    return String.format(Locale.ROOT, IN_SAMPLE, queries, sample(size), ESTIMATED_PRODUCTS);
  }

  /** Counts the matches in a sample of the catalogue by category, by price band, and in total. */
  String facetsOfSample(int size) {
    return facets(sample(size));
  }

  /** Like {@link #facetsOfSample}, but in the whole catalogue, up to {@code maxMatches} matches. */
  String facets(int maxMatches) {
    return facets(
        String.format(
            Locale.ROOT,
            "(select category, amount from product where %s limit %d) as matching",
            conditions,
            maxMatches));
  }

  private String facets(String products) {
    return String.format(
        Locale.ROOT, FACETS, queries, FacetCounts.BOUNDS, products, ESTIMATED_PRODUCTS);
  }

  private String sample(int size) {
    return String.format(Locale.ROOT, SAMPLE, size, conditions);
  }
}
