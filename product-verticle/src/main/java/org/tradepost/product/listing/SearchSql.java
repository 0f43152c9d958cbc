package org.tradepost.product.listing;

import java.util.Locale;

/** A search in SQL: its text queries, the conditions that use them, and the score of a product. */
final class SearchSql {

  /** SKU, name, description and category together match the search. */
  static final String FOUND = "search @@ (select words from queries)";

  /** Like {@link #FOUND}, but with whole words only, which an index finds faster. */
  static final String FOUND_WHOLE = "search @@ (select whole from queries)";

  /** The product has this SKU. */
  static final String OF_SKU = "sku = (select sku from queries)";

  /** The name has all of the words exactly as typed; the last may be incomplete. */
  static final String NAME_WORDS = "search @@ (select named from queries)";

  /** The name begins with the text. */
  static final String NAME_PREFIX =
      "name_key >= (select beginning from queries)"
          + " and name_key < (select beginning || chr(1114111) from queries)";

  static final long MAX_SCORE = 49_999;

  /**
   * The relevance of a product, higher is better: first the product with this SKU, then names that
   * begin with the text, then names with all of the words, then others. Within each group, products
   * with more matches and fewer other words rank higher.
   */
  static final String SCORE =
      """
      (case when %s then 40000
            when %s then 20000 when %s then 10000 else 0 end
       + round(ts_rank(search, (select words from queries), 1) * 9999))::bigint
      """
          .formatted(OF_SKU, NAME_PREFIX, NAME_WORDS);

  // The text queries are computed once; inside a filter they would be computed for each product.
  // They also have the simple form of each word, because a SKU has no stem and a half-typed word
  // has the wrong one. They keep stop words, which are indexed for names but not for descriptions,
  // and the exact words of names. A word or quoted text after a dash is excluded in each of these
  // forms. A run of dashes excludes nothing and is removed. The SKU has the collation of its
  // column, whose index would not be used otherwise.
  private static final String QUERIES =
      """
      queries as materialized (
        select (case when $%2$d = '' then english || simple
                     else to_tsquery('english', prefix) || to_tsquery('simple', prefix) end
           || case when names = english then %3$s else names || %3$s end) && !!excluded as words,
               (english || names || simple) && !!excluded as whole, named, upper($%1$d collate "pg_c_utf8") collate "default" as sku,
               left(lower($%1$d collate "pg_c_utf8"), 50) collate "C" as beginning
          from (select coalesce(string_agg(part[2], ' ' order by place) filter (where part[1] = ''), '') as wanted,
                       coalesce(string_agg(part[2], ' or ') filter (where part[1] = '-'), '') as unwanted
                  from regexp_matches(regexp_replace(search_text($%1$d), '-(\\s*-)+', ' ', 'g'),
                                      '(-?)("[^"]*"?|[^\\s-]\\S*)', 'g') with ordinality as token (part, place)
               ) as typed,
               search_text($%2$d) as prefix,
               websearch_to_tsquery('english', wanted) as english,
               websearch_to_tsquery('names', wanted) as names,
               websearch_to_tsquery('simple', wanted) as simple,
               cast(websearch_to_tsquery('english', unwanted) || websearch_to_tsquery('names', unwanted)
                      || websearch_to_tsquery('simple', unwanted) as tsquery) as excluded,
               regexp_replace(search_words(case when unwanted = '' then $%1$d else wanted end),
                              '''\\s+''', ''' & ''', 'g') as every,
               cast(every as tsquery) as exact,
               cast(regexp_replace(every, '''\\s*$', ''':*') as tsquery) as named
      ),
      """;

  private SearchSql() {}

  /**
   * Returns the text queries of a search, as the first part of a {@code with} clause.
   *
   * @param typed the number of the parameter with {@link SearchText#typed}; the next parameter is
   *     {@link SearchText#prefix}
   * @param beginnings whether the last word of a name may be incomplete, regardless of its stem
   */
  static String queries(int typed, boolean beginnings) {
    return String.format(Locale.ROOT, QUERIES, typed, typed + 1, beginnings ? "named" : "exact");
  }
}
