package org.tradepost.common.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The value of {@code If-Match} or {@code If-None-Match} (RFC 9110, 13.1.1 and 13.1.2): an
 * asterisk, or a list of entity tags, some elements of which may be empty.
 *
 * @param any whether it is the asterisk, which matches every tag
 * @param tags the text between the quotes of each tag, including weak ones
 */
public record EntityTagList(boolean any, List<String> tags) {

  private static final Pattern ELEMENT =
      Pattern.compile("\\G[ \\t]*(?:(?:W/)?\"([!#-~\\x80-\\xFF]*)\"[ \\t]*)?(?:,|\\z)");

  /** What a compressing proxy appends to a tag, as in {@code "x-gzip"} or {@code "x;br"}. */
  private static final Pattern CODING = Pattern.compile("(?:--?|;)(?:gzip|br|deflate|zstd)$");

  /**
   * Reads the header.
   *
   * @return empty if it is malformed
   */
  public static Optional<EntityTagList> read(String text) {
    if (text.strip().equals("*")) {
      return Optional.of(new EntityTagList(true, List.of()));
    }
    var tags = new ArrayList<String>();
    var element = ELEMENT.matcher(text);
    var end = 0;
    while (element.find()) {
      end = element.end();
      if (element.group(1) != null) {
        tags.add(element.group(1));
      }
    }
    return tags.isEmpty() || end < text.length()
        ? Optional.empty()
        : Optional.of(new EntityTagList(false, tags));
  }

  /** Whether a tag meets a condition, as it is or without the suffix that a proxy appended. */
  public boolean has(Predicate<String> condition) {
    return any
        || tags.stream()
            .anyMatch(
                tag -> condition.test(tag) || condition.test(CODING.matcher(tag).replaceFirst("")));
  }
}
