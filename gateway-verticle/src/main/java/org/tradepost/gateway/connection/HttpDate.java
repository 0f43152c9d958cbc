package org.tradepost.gateway.connection;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;

/** The value of the header field {@code Date} (RFC 9110, 5.6.7), formatted once a second. */
public final class HttpDate {

  private static volatile HttpDate last = new HttpDate(0);

  private final long second;
  private final String text;

  private HttpDate(long second) {
    this.second = second;
    this.text = DateFormatter.format(Date.from(Instant.ofEpochSecond(second)));
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
