package org.tradepost.gateway.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares entity tags weakly, as {@code If-None-Match} asks for (RFC 9110, 13.1.2). A proxy that
 * compresses adds its coding to a tag, as {@code "x-gzip"} or {@code "x;br"}, and does not take it
 * off again; the same state is meant.
 */
final class EntityTags {

  private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");
  private static final Pattern CODING = Pattern.compile("(?:--?|;)(?:gzip|br|deflate|zstd)$");

  private EntityTags() {}

  /**
   * Whether one of the tags that the client has is the present one.
   *
   * @param sent the header fields: lists of tags, or an asterisk for any
   */
  static boolean match(List<String> sent, String present) {
    var opaque = present.substring(present.indexOf('"') + 1, present.lastIndexOf('"'));
    for (var list : sent) {
      if (list.strip().equals("*")) {
        return true;
      }
      var tags = TAG.matcher(list);
      while (tags.find()) {
        var tag = tags.group(1);
        if (tag.equals(opaque) || CODING.matcher(tag).replaceFirst("").equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }
}
