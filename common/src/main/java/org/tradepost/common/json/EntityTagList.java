package org.tradepost.common.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What {@code If-Match} and {@code If-None-Match} hold (RFC 9110, 13.1.1 and 13.1.2): an asterisk,
 * or a list of entity tags, of which some elements may be empty.
 *
 * @param any whether it is the asterisk, which stands for every tag
 * @param tags what stands between the quotes of each tag, weak ones among them
 */
public record EntityTagList(boolean any, List<String> tags) {

  private static final Pattern ELEMENT =
      Pattern.compile("\\G[ \\t]*(?:(?:W/)?\"([!#-~\\x80-\\xFF]*)\"[ \\t]*)?(?:,|\\z)");

  /** What a proxy that compresses adds to a tag, as {@code "x-gzip"} or {@code "x;br"}. */
  private static final Pattern CODING = Pattern.compile("(?:--?|;)(?:gzip|br|deflate|zstd)$");

  /**
   * Reads the header field.
   *
   * @return empty when it is malformed
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

  /** Whether a tag meets a condition, as it is or without the coding that a proxy added. */
  public boolean has(Predicate<String> condition) {
    return any
        || tags.stream()
            .anyMatch(
                tag -> condition.test(tag) || condition.test(CODING.matcher(tag).replaceFirst("")));
  }
}
