package org.tradepost.common.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as clients write them: RFC 3339, whose years have four digits. Java goes on for a thousand
 * million years and PostgreSQL for 294,276, and no statement may be asked for what lies between.
 */
public final class WireTime {

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}):([0-9]{2})(\\.[0-9]{1,9})?"
              + "(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");

  private static final String LEAP_SECOND = "60";
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private WireTime() {}

  /**
   * Reads a time. A leap second, which only the last minute of a day of UTC can have, is the second
   * after it.
   *
   * @throws DateTimeException when it is none
   */
  public static Instant read(String text) {
    var parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("no time of RFC 3339");
    }
    var leap = parts.group(3).equals(LEAP_SECOND);
    var fraction = parts.group(4) == null ? "" : parts.group(4);
    var time = LocalTime.parse(parts.group(2) + ":" + (leap ? "59" : parts.group(3)) + fraction);
    var at =
        LocalDate.parse(parts.group(1))
            .atTime(time)
            .toInstant(ZoneOffset.UTC)
            .minusSeconds(offset(parts));
    if (!leap) {
      return at;
    }
    var utc = at.atOffset(ZoneOffset.UTC);
    if (utc.getHour() != 23 || utc.getMinute() != 59) {
      throw new DateTimeException("no leap second");
    }
    return at.plusSeconds(1);
  }

  private static int offset(Matcher parts) {
    if (parts.group(5) == null) {
      return 0;
    }
    var seconds =
        Integer.parseInt(parts.group(6)) * HOUR + Integer.parseInt(parts.group(7)) * MINUTE;
    return parts.group(5).equals("-") ? -seconds : seconds;
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
