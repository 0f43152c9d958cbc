package org.tradepost.platform.telemetry.logging;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes text from clients safe to print: what could start a new line, move a terminal's cursor or
 * change the text direction is written as an escape such as {@code \u001b}.
 */
public final class LogText {

  private static final int FIRST_PLAIN = ' ';
  private static final int LAST_PLAIN = '~';

  private LogText() {}

  /** The text with escapes; line feeds and tabs are kept. */
  public static String escape(String text) {
    return text.chars().allMatch(LogText::isSafe)
        ? text
        : text.chars().mapToObj(LogText::escaped).collect(Collectors.joining());
  }

  private static String escaped(int unit) {
    return isSafe(unit) ? Character.toString(unit) : String.format(Locale.ROOT, "\\u%04x", unit);
  }

  private static boolean isSafe(int unit) {
    if (unit >= FIRST_PLAIN && unit <= LAST_PLAIN) {
      return true;
    }
    return switch (Character.getType(unit)) {
      case Character.CONTROL -> unit == '\n' || unit == '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
