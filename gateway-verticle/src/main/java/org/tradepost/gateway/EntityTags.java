package org.tradepost.gateway;

import java.util.List;
import java.util.regex.Pattern;

/** Compares entity tags weakly, as {@code If-None-Match} asks for (RFC 9110, 13.1.2). */
final class EntityTags {

  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private EntityTags() {}

  /**
   * Whether one of the tags that the client has is the present one.
   *
   * @param sent the header fields: lists of tags, or an asterisk for any
   */
  static boolean match(List<String> sent, String present) {
    for (var list : sent) {
      if (list.strip().equals("*")) {
        return true;
      }
      var tags = TAG.matcher(list);
      while (tags.find()) {
        if (tags.group(1).equals(opaque(present))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
