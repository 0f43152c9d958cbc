package org.tradepost.product.listing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a search, and its forms for PostgreSQL's full-text search.
 *
 * @param typed the text as typed, which is read with the rules of {@code websearch_to_tsquery}
 * @param prefix a {@code tsquery} that finds products with all of the words, of which the last may
 *     be incomplete; empty if the text has quotes, signs or operators, which only {@code
 *     websearch_to_tsquery} reads
 * @param plain the words, if the text consists only of words; otherwise empty
 */
record SearchText(String typed, String prefix, List<String> plain) {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*");

  static SearchText of(String typed) {
    var words = words(typed);
    var plain =
        words.stream()
            .allMatch(word -> PLAIN.matcher(word).matches() && !word.equalsIgnoreCase("or"));
    return plain
        ? new SearchText(typed.strip(), asPrefix(words), words)
        : new SearchText(typed.strip(), "", List.of());
  }

  /** Finds what any of the alternatives finds. */
  static SearchText anyOf(List<List<String>> alternatives) {
    return new SearchText(
        alternatives.stream()
            .map(words -> String.join(" ", words))
            .collect(Collectors.joining(" or ")),
        alternatives.stream().map(SearchText::asPrefix).collect(Collectors.joining(" | ")),
        List.of());
  }

  private static List<String> words(String typed) {
    return Arrays.asList(Normalizer.normalize(typed, Normalizer.Form.NFKC).trim().split("\\s+"));
  }

  private static String asPrefix(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & ")) + ":*";
  }

  /** Whether the text consists only of words, the last of which may be incomplete. */
  boolean isPlain() {
    return !plain.isEmpty();
  }
}
