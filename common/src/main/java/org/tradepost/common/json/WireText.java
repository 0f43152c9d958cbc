package org.tradepost.common.json;

/** Texts as clients may write them. */
public final class WireText {

  private WireText() {}

  /** Whether it can be stored: PostgreSQL's text holds neither U+0000 nor half a surrogate pair. */
  public static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(
            point ->
                point == 0
                    || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
  }
}
