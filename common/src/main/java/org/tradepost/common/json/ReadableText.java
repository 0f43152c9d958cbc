package org.tradepost.common.json;

import java.util.regex.Pattern;

/**
 * Text that people will read: nothing in it is hidden, and nothing in it changes how the text
 * around it is displayed.
 */
public final class ReadableText {

  private static final Pattern SPACES_AT_ENDS =
      Pattern.compile("\\A\\p{IsWhite_Space}+|\\p{IsWhite_Space}+\\z");

  private ReadableText() {}

  /** Returns the text without white space at its ends, including non-breaking spaces. */
  public static String strip(String text) {
    return SPACES_AT_ENDS.matcher(text).replaceAll("");
  }

  /** Whether the text is one line, and shows something unless it is empty. */
  public static boolean isLine(String text) {
    return text.codePoints().noneMatch(ReadableText::isHidden) && showsSomething(text);
  }

  /** Whether the text is one or more lines, and shows something unless it is empty. */
  public static boolean isText(String text) {
    return text.codePoints().noneMatch(point -> isHidden(point) && !isLayout(point))
        && showsSomething(text);
  }

  private static boolean showsSomething(String text) {
    return text.isEmpty()
        || text.codePoints().anyMatch(point -> !Character.isSpaceChar(point) && !isLayout(point));
  }

  private static boolean isLayout(int point) {
    return point == '\n' || point == '\r' || point == '\t';
  }

  /**
   * Control and format characters (bidirectional overrides, zero widths, tags), line and paragraph
   * separators, surrogates, noncharacters, Default_Ignorable_Code_Point of Unicode, and blanks.
   */
  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
              true;
          default -> isIgnorable(point) || isBlank(point);
        }
        || isNoncharacter(point);
  }

  private static boolean isNoncharacter(int point) {
    return (point & 0xFFFE) == 0xFFFE || isBetween(point, 0xFDD0, 0xFDEF);
  }

  /**
   * Ignorable characters that are not format characters: variation selectors, joiners, fillers and
   * reserved ranges (DerivedCoreProperties.txt of Unicode 16).
   */
  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || isBetween(point, 0x115F, 0x1160)
        || isBetween(point, 0x17B4, 0x17B5)
        || isBetween(point, 0x180B, 0x180F)
        || isBetween(point, 0x2060, 0x206F)
        || point == 0x3164
        || isBetween(point, 0xFE00, 0xFE0F)
        || point == 0xFFA0
        || isBetween(point, 0xFFF0, 0xFFFB)
        || isBetween(point, 0xE0000, 0xE0FFF);
  }

  /**
   * Letters, marks and symbols that draw nothing, which no Unicode property identifies: blanks,
   * fillers and joiners by their names in UnicodeData.txt of Unicode 16. Also the format characters
   * of Egyptian hieroglyphs, some of which Java 17 does not know.
   */
  private static boolean isBlank(int point) {
    return point == 0x2800
        || point == 0xFFFC
        || point == 0x1107F
        || isBetween(point, 0x13430, 0x1343F)
        || isBetween(point, 0x13441, 0x13442)
        || point == 0x16FE4
        || point == 0x1D159;
  }

  private static boolean isBetween(int point, int first, int last) {
    return point >= first && point <= last;
  }
}
