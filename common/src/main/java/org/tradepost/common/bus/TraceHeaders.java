package org.tradepost.common.bus;

import io.vertx.core.MultiMap;
import java.util.regex.Pattern;

/**
 * What joins the log lines and the trace of one request. Any client can send it, and it is written
 * into logs and databases, so it counts only when it looks as it should.
 */
public final class TraceHeaders {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern TRACE =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceHeaders() {}

  /** The id of a request; null when there is none. */
  public static String requestId(MultiMap headers, CharSequence name) {
    return matching(ID, headers.get(name));
  }

  /** The W3C trace context of a request; null when there is none. */
  public static String traceparent(MultiMap headers) {
    return matching(TRACE, headers.get(BusHeaders.TRACEPARENT));
  }

  private static String matching(Pattern pattern, String text) {
    return text != null && pattern.matcher(text).matches() ? text : null;
  }
}
