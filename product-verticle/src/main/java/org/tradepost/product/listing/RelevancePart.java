package org.tradepost.product.listing;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a list in order of relevance. A search that few products match has one part. A
 * search that many match has the others, one after the other, so that a page needs to examine only
 * some of the matches.
 */
enum RelevancePart {
  /** All matches by their score. */
  RANKED("r", ProductSort.SCORE),
  /** The same of a search for whole words, when there are too many that begin so. */
  WHOLE("w", ProductSort.SCORE),
  /** Those that have only the beginning of a word, after the whole ones. */
  BEGUN("g", ProductSort.ID),
  /** The product with this SKU. */
  SKU("s", ProductSort.ID),
  /** Products whose names begin with the text, by name. */
  BEGINNING("b", ProductSort.NAME),
  /** Others whose names have all of the words. */
  NAMED("n", ProductSort.ID),
  /** All other matches. */
  OTHERS("o", ProductSort.ID);

  private final String mark;
  private final ProductSort sort;

  RelevancePart(String mark, ProductSort sort) {
    this.mark = mark;
    this.sort = sort;
  }

  /** What stands for this part in a cursor. */
  String mark() {
    return mark;
  }

  /** Whether all matches are sorted by their score. */
  boolean isRanked() {
    return sort == ProductSort.SCORE;
  }

  ProductSort sort() {
    return sort;
  }

  /** The first part of a search that many products match. */
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

  /** The conditions that the index of the sort order can answer. */
  List<String> indexed() {
    return switch (this) {
      case SKU -> List.of(SearchSql.OF_SKU);
      case BEGINNING -> List.of(SearchSql.BEGINS);
      default -> List.of();
    };
  }

  /** The conditions that need an examination of each product. */
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
