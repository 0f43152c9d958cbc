package org.tradepost.common.bus;

import io.vertx.core.MultiMap;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The headers that connect the log lines and the trace of one request. Any client can send them,
 * and they are written into logs and databases, so malformed ones are ignored.
 */
public final class TraceHeaders {

  private static final int MAX_ID_LENGTH = 64;
  private static final String VERSION = "00-";
  private static final int TRACE_ID = VERSION.length();
  private static final int SPAN_ID = TRACE_ID + 33;
  private static final int FLAGS = SPAN_ID + 17;
  private static final int LENGTH = FLAGS + 2;
  private static final int SAMPLED = 1;

  private TraceHeaders() {}

  /** The id of a request. */
  public static Optional<String> requestId(MultiMap headers, CharSequence name) {
    return Optional.ofNullable(headers.get(name)).filter(TraceHeaders::isId);
  }

  /** The W3C trace context of a request. */
  public static Optional<String> traceparent(MultiMap headers) {
    return Optional.ofNullable(headers.get(BusHeaders.TRACEPARENT)).filter(TraceHeaders::isTrace);
  }

  /** Returns the trace id of a trace context, as 32 hexadecimal digits; null if it is malformed. */
  public static String traceId(String traceparent) {
    return isTrace(traceparent) ? traceparent.substring(TRACE_ID, SPAN_ID - 1) : null;
  }

  /** Returns the span id of a trace context, as 16 hexadecimal digits; null if it is malformed. */
  public static String spanId(String traceparent) {
    return isTrace(traceparent) ? traceparent.substring(SPAN_ID, FLAGS - 1) : null;
  }

  /** Whether a trace context has the flag {@code sampled}. */
  public static boolean isSampled(String traceparent) {
    return isTrace(traceparent)
        && (HexFormat.fromHexDigit(traceparent.charAt(LENGTH - 1)) & SAMPLED) != 0;
  }

  // Checked character by character, since every request passes here several times.
  private static boolean isId(String text) {
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (!isLetterOrDigit(character) && "._-".indexOf(character) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_ID_LENGTH;
  }

  private static boolean isLetterOrDigit(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  private static boolean isTrace(String text) {
    return text != null
        && text.length() == LENGTH
        && text.startsWith(VERSION)
        && isHex(text, TRACE_ID, SPAN_ID - 1)
        && text.charAt(SPAN_ID - 1) == '-'
        && isHex(text, SPAN_ID, FLAGS - 1)
        && text.charAt(FLAGS - 1) == '-'
        && isHex(text, FLAGS, LENGTH)
        && !isZero(text, TRACE_ID, SPAN_ID - 1)
        && !isZero(text, SPAN_ID, FLAGS - 1);
  }

  private static boolean isHex(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      var character = text.charAt(i);
      if (!HexFormat.isHexDigit(character) || (character >= 'A' && character <= 'F')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
