package org.tradepost.common.json;

/** Text as clients may write it. */
public final class WireText {

  private WireText() {}

  /** Whether PostgreSQL can store a text, which excludes U+0000 and unpaired surrogates. */
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
