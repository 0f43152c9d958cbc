package org.tradepost.common.json;

/** Texts as clients may write them. */
public final class WireText {

  private WireText() {}

  /** Whether it can be stored: PostgreSQL's text holds neither U+0000 nor half a surrogate pair. */
  public static boolean isStorable(String text) {
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit == 0) {
        return false;
      }
      if (Character.isSurrogate(unit)) {
        var isPair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
