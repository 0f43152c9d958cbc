package org.tradepost.product.catalogue;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a customer typed into the search field, as PostgreSQL's full-text search takes it. */
final class SearchWords {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*");

  private SearchWords() {}

  /**
   * A {@code tsquery} that finds products with all of the words, the last of them being perhaps not
   * typed to its end.
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
