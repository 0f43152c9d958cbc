package org.tradepost.common.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Times as clients write them: RFC 3339, whose years have four digits. Java's years reach a billion
 * and PostgreSQL's 294276; no time between the two may reach a statement. Read character by
 * character: every order has a time, and a regular expression took 2 us for it.
 */
public final class WireTime {

  private static final String DATE_AND_TIME = "0000-00-00T00:00:00";
  private static final int LEAP_SECOND = 60;
  private static final int DIGITS_OF_NANOS = 9;

  private WireTime() {}

  /**
   * Reads a time. A leap second, possible only in the last minute of a UTC day, is read as the
   * second after it.
   *
   * @throws DateTimeException if it is not a time
   */
  public static Instant read(String text) {
    var zone = endOfFraction(text, endOf(DATE_AND_TIME, text, 0));
    var second = number(text, 17, 19);
    var time =
        LocalTime.of(
            number(text, 11, 13),
            number(text, 14, 16),
            second == LEAP_SECOND ? second - 1 : second,
            nanos(text, zone));
    var at =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
            .atTime(time)
            .toInstant(ZoneOffset.UTC)
            .minusSeconds(offset(text, zone));
    return second == LEAP_SECOND ? afterLeapSecond(at) : at;
  }

  /** Returns where a part ends, which must match a sample in which 0 stands for any digit. */
  private static int endOf(String sample, String text, int start) {
    var end = start + sample.length();
    for (var i = start; i < end; i++) {
      var expected = sample.charAt(i - start);
      var found = i < text.length() ? Character.toUpperCase(text.charAt(i)) : 0;
      if (expected == '0' ? !isDigit(found) : found != expected) {
        throw notATime();
      }
    }
    return end;
  }

  private static int endOfFraction(String text, int start) {
    if (start == text.length() || text.charAt(start) != '.') {
      return start;
    }
    var end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == start + 1 || end > start + 1 + DIGITS_OF_NANOS) {
      throw notATime();
    }
    return end;
  }

  private static int nanos(String text, int end) {
    var start = DATE_AND_TIME.length() + 1;
    var nanos = end < start ? 0 : number(text, start, end);
    for (var digits = Math.max(0, end - start); digits < DIGITS_OF_NANOS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** The offset in seconds, positive if ahead of UTC. */
  private static int offset(String text, int start) {
    if (text.length() == start + 1 && Character.toUpperCase(text.charAt(start)) == 'Z') {
      return 0;
    }
    var behind = text.startsWith("-", start);
    var end = endOf(behind ? "-00:00" : "+00:00", text, start);
    var hours = number(text, start + 1, start + 3);
    var minutes = number(text, start + 4, end);
    if (end != text.length() || hours > 23 || minutes > 59) {
      throw notATime();
    }
    var seconds = (hours * 60 + minutes) * 60;
    return behind ? -seconds : seconds;
  }

  private static Instant afterLeapSecond(Instant at) {
    var utc = at.atOffset(ZoneOffset.UTC);
    if (utc.getHour() != 23 || utc.getMinute() != 59) {
      throw new DateTimeException("not a leap second");
    }
    return at.plusSeconds(1);
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static DateTimeException notATime() {
    return new DateTimeException("not an RFC 3339 time");
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
