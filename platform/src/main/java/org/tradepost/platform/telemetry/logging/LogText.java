package org.tradepost.platform.telemetry.logging;

import java.util.Locale;

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
    for (var at = 0; at < text.length(); at++) {
      if (!isSafe(text.charAt(at))) {
        return escapeFrom(at, text);
      }
    }
    return text;
  }

  private static String escapeFrom(int first, String text) {
    var safe = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (var at = first; at < text.length(); at++) {
      var character = text.charAt(at);
      if (isSafe(character)) {
        safe.append(character);
      } else {
        safe.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return safe.toString();
  }

  private static boolean isSafe(char character) {
    if (character >= FIRST_PLAIN && character <= LAST_PLAIN) {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character == '\n' || character == '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
