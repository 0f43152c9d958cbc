package org.tradepost.gateway.connection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as the header field {@code Date} has it (RFC 9110, 5.6.7), written once a second. */
public final class HttpDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate last = new HttpDate(0);

  private final long second;
  private final String text;

  private HttpDate(long second) {
    this.second = second;
    this.text = FORMAT.format(Instant.ofEpochSecond(second));
  }

  public static String now() {
    var second = System.currentTimeMillis() / 1_000;
    var date = last;
    if (date.second != second) {
      date = new HttpDate(second);
      last = date;
    }
    return date.text;
  }
}
