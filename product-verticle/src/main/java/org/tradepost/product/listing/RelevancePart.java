package org.tradepost.product.listing;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a list that is sorted by relevance. A search with few matches has only {@link
 * #RANKED}. A search with too many has {@link #WHOLE} and {@link #BEGUN}, or {@link #SKU} to {@link
 * #OTHERS}, one after the other, so that a page needs to examine only some of the matches.
 */
enum RelevancePart {
  /** All matches, sorted by score. */
  RANKED("r", ProductSort.SCORE),
  /** Matches of whole words, sorted by score, when incomplete words match too many products. */
  WHOLE("w", ProductSort.SCORE),
  /** Matches of only the beginning of a word; follows {@link #WHOLE}. */
  BEGUN("g", ProductSort.ID),
  /** The product with this SKU. */
  SKU("s", ProductSort.ID),
  /** Products whose names begin with the text, sorted by name. */
  BEGINNING("b", ProductSort.NAME),
  /** Other products whose names have all of the words. */
  NAMED("n", ProductSort.ID),
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
      case SKU -> Optional.of(BEGINNING);
      case BEGINNING -> Optional.of(NAMED);
      case NAMED -> Optional.of(OTHERS);
      case WHOLE -> Optional.of(BEGUN);
      case RANKED, BEGUN, OTHERS -> Optional.empty();
    };
  }

  /** Returns the conditions that the index of the sort order can answer. */
  List<String> indexed() {
    return switch (this) {
      case SKU -> List.of(SearchSql.OF_SKU);
      case BEGINNING -> List.of(SearchSql.BEGINS);
      default -> List.of();
    };
  }

  /** Returns the conditions that must be checked on each product. */
  List<String> match(SearchText text) {
    return switch (this) {
      case RANKED, SKU -> List.of(SearchSql.FOUND);
      case WHOLE -> List.of(SearchSql.FOUND_WHOLE);
      case BEGUN -> List.of(SearchSql.FOUND, not(SearchSql.FOUND_WHOLE));
      case BEGINNING -> List.of(SearchSql.FOUND, not(SearchSql.OF_SKU));
      case NAMED -> List.of(SearchSql.NAMED, not(SearchSql.BEGINS), not(SearchSql.OF_SKU));
      case OTHERS ->
          text.isPlain()
              ? List.of(
                  SearchSql.FOUND,
                  not(SearchSql.NAMED),
                  not(SearchSql.BEGINS),
                  not(SearchSql.OF_SKU))
              : List.of(SearchSql.FOUND);
    };
  }

  private static String not(String condition) {
    return "not (" + condition + ")";
  }
}
