package org.tradepost.common.error;

/** What of a request may be repeated in its answer. */
final class Excerpt {

  private static final int REPLACEMENT = 0xFFFD;

  private Excerpt() {}

  /** The beginning of a text, so many characters, and none that UTF-8 cannot carry. */
  static String of(String text, int most) {
    if (text.length() <= most
        && text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text;
    }
    var excerpt = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(point -> isSurrogate(point) ? REPLACEMENT : point)
        .forEach(excerpt::appendCodePoint);
    return text.codePointCount(0, text.length()) > most ? excerpt + "…" : excerpt.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
