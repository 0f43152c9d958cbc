package org.tradepost.product.listing;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a list that is sorted by relevance. A search with few matches has only {@link
 * #RANKED}. A search with too many has {@link #WHOLE} and {@link #PREFIX_ONLY}, or {@link #SKU} to
 * {@link #OTHERS}, one after the other, so that a page needs to examine only some of the matches.
 */
enum RelevancePart {
  /** All matches, sorted by score. */
  RANKED("r", ProductSort.SCORE),
  /** Matches of whole words, sorted by score, when incomplete words match too many products. */
  WHOLE("w", ProductSort.SCORE),
  /** Matches of only the beginning of a word; follows {@link #WHOLE}. */
  PREFIX_ONLY("g", ProductSort.ID),
  /** The product with this SKU. */
  SKU("s", ProductSort.ID),
  /** Products whose names begin with the text, sorted by name. */
  NAME_PREFIX("b", ProductSort.NAME),
  /** Other products whose names have all of the words. */
  NAME_WORDS("n", ProductSort.ID),
  /** All other matches. */
  OTHERS("o", ProductSort.ID);

  private final String mark;
  private final ProductSort sort;

  RelevancePart(String mark, ProductSort sort) {
    this.mark = mark;
    this.sort = sort;
  }

  /** The letter for this part in a cursor. */
  String mark() {
    return mark;
  }

  /** Whether the matches of this part are sorted by score. */
  boolean isRanked() {
    return sort == ProductSort.SCORE;
  }

  ProductSort sort() {
    return sort;
  }

  /** Returns the first part of a search that too many products match. */
  static RelevancePart first(SearchText text) {
    return text.isPlain() ? SKU : OTHERS;
  }

  Optional<RelevancePart> next() {
    return switch (this) {
      case SKU -> Optional.of(NAME_PREFIX);
      case NAME_PREFIX -> Optional.of(NAME_WORDS);
      case NAME_WORDS -> Optional.of(OTHERS);
      case WHOLE -> Optional.of(PREFIX_ONLY);
      case RANKED, PREFIX_ONLY, OTHERS -> Optional.empty();
    };
  }

  /** Returns the conditions that the index of the sort order can answer. */
  List<String> indexed() {
    return switch (this) {
      case SKU -> List.of(SearchSql.OF_SKU);
      case NAME_PREFIX -> List.of(SearchSql.NAME_PREFIX);
      default -> List.of();
    };
  }

  /** Returns the conditions that must be checked on each product. */
  List<String> match(SearchText text) {
    return switch (this) {
      case RANKED, SKU -> List.of(SearchSql.FOUND);
      case WHOLE -> List.of(SearchSql.FOUND_WHOLE);
      case PREFIX_ONLY -> List.of(SearchSql.FOUND, not(SearchSql.FOUND_WHOLE));
      case NAME_PREFIX -> List.of(SearchSql.FOUND, not(SearchSql.OF_SKU));
      case NAME_WORDS ->
          List.of(SearchSql.NAME_WORDS, not(SearchSql.NAME_PREFIX), not(SearchSql.OF_SKU));
      case OTHERS ->
          text.isPlain()
              ? List.of(
                  SearchSql.FOUND,
                  not(SearchSql.NAME_WORDS),
                  not(SearchSql.NAME_PREFIX),
                  not(SearchSql.OF_SKU))
              : List.of(SearchSql.FOUND);
    };
  }

  private static String not(String condition) {
    return "not (" + condition + ")";
  }
}
