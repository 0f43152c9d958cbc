package org.tradepost.common.error;

/** Makes text of a request safe to repeat in the reply. */
final class Excerpt {

  private static final int REPLACEMENT = 0xFFFD;

  private Excerpt() {}

  /** The first code points of a text; lone surrogates, which UTF-8 cannot encode, are replaced. */
  static String of(String text, int limit) {
    if (text.length() <= limit
        && text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text;
    }
    var excerpt = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .map(point -> isSurrogate(point) ? REPLACEMENT : point)
        .forEach(excerpt::appendCodePoint);
    return text.codePointCount(0, text.length()) > limit ? excerpt + "…" : excerpt.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
