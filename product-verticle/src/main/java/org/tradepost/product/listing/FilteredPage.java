package org.tradepost.product.listing;

import java.util.Locale;
import org.tradepost.product.catalogue.ProductRows;

/**
 * The statements that read a page of products with a filter that the index of the sort order cannot
 * answer.
 *
 * <p>There are two ways. {@link #scanInOrder} reads that index and skips products that do not
 * match, which is fast when many products match. {@link #sortMatches} uses another index, of words
 * or of prices, and sorts all matches, which is fast when few match. PostgreSQL would choose by its
 * estimate of the matches, which is wrong by orders of magnitude. Both examine a bounded number of
 * products, whatever the request.
 *
 * <p>Each returns the products found, in order. If the last row's {@code matches} is false, the
 * bound was reached. For {@link #scanInOrder}, that row is the last product examined; for {@link
 * #sortMatches}, it is the only row, because too many products match.
 *
 * @param order what the products are sorted by
 * @param everyStatus whether products of every status are listed; then {@code indexed} has no
 *     condition on the status
 * @param indexed conditions that the index of that order can answer, joined by {@code and}, or
 *     empty
 * @param match conditions that it cannot answer
 * @param queries see {@link SearchSql#queries}; empty without a search
 * @param limit the maximum number of products to find
 */
record FilteredPage(
    Order order, boolean everyStatus, String indexed, String match, String queries, int limit) {

  /** What products are sorted by: a column, and {@code asc} or {@code desc}. */
  record Order(String column, String direction) {

    @Override
    public String toString() {
      return column.equals("id")
          ? "id " + direction
          : "%s %s, id %s".formatted(column, direction, direction);
    }
  }

  private static final Order CHEAPEST_FIRST = new Order("amount", "asc");

  // The limit makes PostgreSQL read along the index of the sort order.
  private static final String CANDIDATES =
      """
      select id, sku, name_key, amount, created_at, search from product
       where %s order by %s limit %d
      """;

  /** No index sorts products across statuses, so the first products of each are merged. */
  private static final String CANDIDATES_OF_EVERY_STATUS =
      """
      select candidate.* from unnest(array['active', 'archived']) as every (status) cross join lateral (
        select id, sku, name_key, amount, created_at, search from product
         where product.status = every.status%1$s order by %2$s limit %3$d
      ) as candidate order by %2$s limit %3$d
      """;

  private static final String ALL =
      """
      with page as (select id from (%1$s) as candidate)
      select %2$s, name_key from page join product using (id) join stock on product_id = id order by %3$s
      """;

  private static final String SCAN =
      """
      with %1$s found as materialized (
        select id from (%2$s) as candidate where %3$s order by %4$s limit %5$d
      ), edge as (
        select id from (%2$s) as candidate where (select count(*) from found) < %5$d
         order by %4$s offset %6$d - 1 limit 1
      ), page as (
        select id, true as matches from found union all select id, false from edge
      )
      """;

  private static final String SORT =
      """
      with %1$s found as materialized (
        %2$s limit %5$d
      ), page as (
        (select id, true as matches from found where (select count(*) from found) < %5$d
          order by %3$s limit %4$d)
        union all
        (select id, false from found where (select count(*) from found) = %5$d limit 1)
      )
      """;

  private static final String SELECT_PAGE =
      """
      select %s, name_key, matches from page join product using (id) join stock on product_id = id
       order by %s, matches desc
      """;

  private static final String MATCHING =
      "select id, sku, name_key, amount, created_at from product where %s";

  private static String candidates(Order order, boolean everyStatus, String conditions, int limit) {
    return everyStatus
        ? String.format(Locale.ROOT, CANDIDATES_OF_EVERY_STATUS, and(conditions), order, limit)
        : String.format(Locale.ROOT, CANDIDATES, conditions, order, limit);
  }

  /** Reads a page of products of every status, with indexed conditions only. */
  static String all(Order order, String indexed, int limit) {
    return ALL.formatted(candidates(order, true, indexed, limit), ProductRows.COLUMNS, order);
  }

  /** Examines at most the given number of products, starting where the page begins. */
  String scanInOrder(int maxExamined) {
    return String.format(
            Locale.ROOT,
            SCAN,
            queries,
            candidates(order, everyStatus, indexed, maxExamined),
            match,
            order,
            limit,
            maxExamined)
        + selectPage();
  }

  /** Sorts all matches, if there are fewer than the given number. */
  String sortMatches(int tooMany) {
    var conditions = indexed.isEmpty() ? match : indexed + " and " + match;
    var matching =
        !queries.isEmpty()
            ? MATCHING.formatted(conditions)
            : "select * from (%s) as candidate"
                .formatted(candidates(CHEAPEST_FIRST, everyStatus, conditions, tooMany));
    return String.format(Locale.ROOT, SORT, queries, matching, order, limit, tooMany)
        + selectPage();
  }

  private String selectPage() {
    return SELECT_PAGE.formatted(ProductRows.COLUMNS, order);
  }

  private static String and(String conditions) {
    return conditions.isEmpty() ? "" : " and " + conditions;
  }
}
