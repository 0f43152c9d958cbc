package org.tradepost.product.catalogue;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a search as a query of PostgreSQL's full-text search. */
final class SearchWords {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*");

  private SearchWords() {}

  /**
   * A {@code tsquery} that finds products with all of the words, of which the last may be
   * incomplete.
   *
   * @return empty when there are quotes, signs or operators, which the web search understands
   */
  static String asPrefix(String typed) {
    var words = Normalizer.normalize(typed, Normalizer.Form.NFKC).trim().split("\\s+");
    var plain =
        Arrays.stream(words)
            .allMatch(word -> PLAIN.matcher(word).matches() && !word.equalsIgnoreCase("or"));
    return plain
        ? Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" & "))
            + ":*"
        : "";
  }
}
