package org.tradepost.common.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes times in UTC with the text of {@link Instant#toString}, which took 5% of the CPU time of a
 * page of products.
 */
final class InstantWriter extends StdSerializer<Instant> {

  private static final long serialVersionUID = 1L;

  private static final int SECONDS_OF_DAY = 86_400;
  private static final int LAST_YEAR_OF_FOUR_DIGITS = 9_999;
  private static final String TEMPLATE = "2026-01-31T23:59:59.999999999Z";

  InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    var date = LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY));
    if (date.getYear() < 0 || date.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
      json.writeString(instant.toString());
      return;
    }
    var text = TEMPLATE.toCharArray();
    json.writeString(text, 0, write(date, instant, text));
  }

  /** Returns the length of the text. */
  private static int write(LocalDate date, Instant instant, char[] text) {
    var second = Math.floorMod(instant.getEpochSecond(), SECONDS_OF_DAY);
    number(text, 0, 4, date.getYear());
    number(text, 5, 7, date.getMonthValue());
    number(text, 8, 10, date.getDayOfMonth());
    number(text, 11, 13, second / 3_600);
    number(text, 14, 16, second / 60 % 60);
    number(text, 17, 19, second % 60);
    var end = fraction(text, instant.getNano());
    text[end] = 'Z';
    return end + 1;
  }

  /** Writes as many groups of three digits as needed; returns where they end. */
  private static int fraction(char[] text, int nanos) {
    var digits = 9;
    var value = nanos;
    while (digits > 0 && value % 1_000 == 0) {
      value /= 1_000;
      digits -= 3;
    }
    number(text, 20, 20 + digits, value);
    return digits == 0 ? 19 : 20 + digits;
  }

  private static void number(char[] text, int start, int end, int number) {
    var rest = number;
    for (var i = end - 1; i >= start; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
