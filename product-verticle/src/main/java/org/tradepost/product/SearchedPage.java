package org.tradepost.product;

/**
 * The statement of a page of what a search finds.
 *
 * <p>There are two ways: along the index of the order, leaving out what does not match, which is
 * quick when every few products do; and through the index of the words, sorting all that match,
 * which is quick when few do. The server would choose by how many it thinks will match, and is
 * wrong by orders of magnitude. So the first way is gone for some steps; when that does not fill
 * the page, the second, unless more match than can be sorted soon; and only then the first to its
 * end. Nothing in it depends on the words, so it is planned once.
 */
final class SearchedPage {

  /** They cost less than planning the statement anew would. */
  private static final int MOST_STEPS = 300;

  /** So many steps find a page of a million products in which so many match. */
  private static final int MOST_SORTED = 5_000;

  // What is searched for is worked out once, where it would be for each product in a filter. In
  // simple form too: a SKU has no stem, and a word that is half typed has the wrong one. The offset
  // keeps the server from going another way than along the order.
  private static final String SQL =
      """
      with asked as materialized (
        select websearch_to_tsquery('english', $%1$d) || websearch_to_tsquery('simple', $%1$d)
          || to_tsquery('english', $%2$d) || to_tsquery('simple', $%2$d) as words
      ), near as materialized (
        select id, %4$s from (select id, %4$s, search from product %3$s order by %4$s %5$s, id %5$s limit %6$d) as step
        where search @@ (select words from asked)
        order by %4$s %5$s, id %5$s limit %7$d
      ), anywhere as materialized (
        select id, %4$s from product
        %3$s %8$s search @@ (select words from asked) and (select count(*) from near) < %7$d
        limit %10$d
      ), far as materialized (
        select id, %4$s from (select id, %4$s, search from product %3$s order by %4$s %5$s, id %5$s offset 0) as step
        where search @@ (select words from asked) and (select count(*) from anywhere) = %10$d
        limit %7$d
      ), page as (
        select id from (
          select id, %4$s from near where (select count(*) from near) = %7$d
          union all
          select id, %4$s from anywhere where (select count(*) from anywhere) < %10$d
          union all
          select id, %4$s from far
        ) as found
        order by %4$s %5$s, id %5$s limit %7$d
      )
      select %9$s, name_key from page join product using (id) join stock on product_id = id
      order by %4$s %5$s, id %5$s
      """;

  private SearchedPage() {}

  /**
   * The statement.
   *
   * @param conditions of SQL that a product must meet besides, joined by {@code and}, or empty
   * @param order the column to sort by, and its direction
   * @param count how many products to find at the most
   * @param typed the number of the parameter that holds what was typed; the next one holds {@link
   *     SearchWords#asPrefix} of it
   */
  static String sql(String conditions, Order order, int count, int typed) {
    return SQL.formatted(
        typed,
        typed + 1,
        conditions.isEmpty() ? "" : "where " + conditions,
        order.column(),
        order.direction(),
        MOST_STEPS,
        count,
        conditions.isEmpty() ? "where" : "and",
        ProductRows.COLUMNS,
        MOST_SORTED);
  }

  /** What products are sorted by: a column, and {@code asc} or {@code desc}. */
  record Order(String column, String direction) {}
}
