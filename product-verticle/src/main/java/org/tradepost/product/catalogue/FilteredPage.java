package org.tradepost.product.catalogue;

import java.util.Locale;

/**
 * The statements of a page of products that must meet more than the index of their order tells.
 *
 * <p>There are two ways: along that index, leaving out what does not match, which is quick when
 * every few products do; and through another index, of the words or of the prices, sorting all that
 * match, which is quick when few do. The server would choose by how many it thinks will match, and
 * is wrong by orders of magnitude. Both are bounded in what they look at, whatever is asked.
 *
 * <p>Each gives the products found, in their order. A row whose {@code matches} is false comes last
 * and says that the bound was reached: of {@link #along}, it is the last product that was looked
 * at; of {@link #sorted}, it says that nothing was found because too many match.
 *
 * @param order what the products are sorted by
 * @param everyStatus whether products of all states are asked for; then {@code place} has none
 * @param place conditions that the index of the order knows, joined by {@code and}, or empty
 * @param match conditions that it does not know
 * @param typed the number of the parameter that holds what is searched for, and the next one its
 *     {@link SearchWords#asPrefix}; 0 without a search
 * @param most how many products to find
 */
record FilteredPage(
    Order order, boolean everyStatus, String place, String match, int typed, int most) {

  /** What products are sorted by: a column, and {@code asc} or {@code desc}. */
  record Order(String column, String direction) {

    @Override
    public String toString() {
      return "%s %s, id %s".formatted(column, direction, direction);
    }
  }

  private static final Order CHEAPEST_FIRST = new Order("amount", "asc");

  // What is searched for is worked out once, where it would be for each product in a filter. In
  // simple form too: a SKU has no stem, and a word that is half typed has the wrong one. With stop
  // words, which names have and descriptions lack; and word for word as names have it. A line of
  // dashes is no word that is left out: each of them would say not, deeper than the server goes.
  private static final String ASKED =
      """
      asked as materialized (
        select case when $%2$d = '' then english || simple
                    else to_tsquery('english', $%2$d) || to_tsquery('simple', $%2$d) end
          || case when names = english then exact else names || exact end as words
          from regexp_replace(search_text($%1$d), '-(\\s*-)+', ' ', 'g') as typed,
               websearch_to_tsquery('english', typed) as english,
               websearch_to_tsquery('names', typed) as names,
               websearch_to_tsquery('simple', typed) as simple,
               cast(regexp_replace(search_words($%1$d), '''\\s+''', ''' & ''', 'g') as tsquery) as exact
      ),
      """;

  // The limit keeps the server from going another way than along the order.
  private static final String STEPS =
      """
      select id, name_key, amount, created_at, search from product
       where %s order by %s limit %d
      """;

  /** No index has all states in one order: so many of each, and then the first of them. */
  private static final String STEPS_OF_ALL =
      """
      select step.* from unnest(array['active', 'archived']) as every (status) cross join lateral (
        select id, name_key, amount, created_at, search from product
         where product.status = every.status%1$s order by %2$s limit %3$d
      ) as step order by %2$s limit %3$d
      """;

  private static final String ALL =
      """
      with page as (select id from (%1$s) as step)
      select %2$s, name_key from page join product using (id) join stock on product_id = id order by %3$s
      """;

  private static final String ALONG =
      """
      with %1$s found as materialized (
        select id from (%2$s) as step where %3$s order by %4$s limit %5$d
      ), edge as (
        select id from (%2$s) as step where (select count(*) from found) < %5$d
         order by %4$s offset %6$d - 1 limit 1
      ), page as (
        select id, true as matches from found union all select id, false from edge
      )
      """;

  private static final String SORTED =
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

  private static final String SHOWN =
      """
      select %s, name_key, matches from page join product using (id) join stock on product_id = id
       order by %s, matches desc
      """;

  private static final String MATCHING =
      "select id, name_key, amount, created_at from product where %s";

  private static String steps(Order order, boolean everyStatus, String conditions, int most) {
    return everyStatus
        ? String.format(Locale.ROOT, STEPS_OF_ALL, also(conditions), order, most)
        : String.format(Locale.ROOT, STEPS, conditions, order, most);
  }

  /** A page of products of all states that need not be looked at. */
  static String all(Order order, String place, int most) {
    return ALL.formatted(steps(order, true, place, most), ProductRows.COLUMNS, order);
  }

  /** Looks at so many products at the most, from the beginning of the page on. */
  String along(int steps) {
    return String.format(
            Locale.ROOT,
            ALONG,
            asked(),
            steps(order, everyStatus, place, steps),
            match,
            order,
            most,
            steps)
        + shown();
  }

  /** Sorts all that match, unless so many do. */
  String sorted(int tooMany) {
    var conditions = place.isEmpty() ? match : place + " and " + match;
    var matching =
        typed > 0
            ? MATCHING.formatted(conditions)
            : "select * from (%s) as step"
                .formatted(steps(CHEAPEST_FIRST, everyStatus, conditions, tooMany));
    return String.format(Locale.ROOT, SORTED, asked(), matching, order, most, tooMany) + shown();
  }

  private String asked() {
    return typed > 0 ? String.format(Locale.ROOT, ASKED, typed, typed + 1) : "";
  }

  private String shown() {
    return SHOWN.formatted(ProductRows.COLUMNS, order);
  }

  private static String also(String conditions) {
    return conditions.isEmpty() ? "" : " and " + conditions;
  }
}
