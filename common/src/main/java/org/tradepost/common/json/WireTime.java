package org.tradepost.common.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Times as clients write them: RFC 3339, whose years have four digits. Java goes on for a thousand
 * million years and PostgreSQL for 294,276, and no statement may be asked for what lies between.
 */
public final class WireTime {

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  private WireTime() {}

  /**
   * Reads a time.
   *
   * @throws DateTimeException when it is none
   */
  public static Instant read(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      throw new DateTimeException("no time of RFC 3339");
    }
    return Instant.parse(text);
  }

  /** Whether a text is a time. */
  public static boolean isTime(String text) {
    try {
      return read(text) != null;
    } catch (DateTimeException other) {
      return false;
    }
  }
}
