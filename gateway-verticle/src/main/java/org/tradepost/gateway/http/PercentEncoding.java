package org.tradepost.gateway.http;

import io.netty.util.internal.StringUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import org.tradepost.common.json.Utf8;

/** Percent-encoding of URIs (RFC 3986), whose bytes are UTF-8. */
public final class PercentEncoding {

  private static final char FIRST = '!';
  private static final char LAST = '~';

  private PercentEncoding() {}

  /**
   * Decodes a part of a URI; a plus sign is itself.
   *
   * @throws IllegalArgumentException when it is not well-formed
   */
  public static String decode(String text) {
    if (isPlain(text)) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit < FIRST || unit > LAST) {
        throw new IllegalArgumentException("not a character of URIs");
      }
      bytes.write(unit == '%' ? octet(text, i) : unit);
      i += unit == '%' ? 2 : 0;
    }
    try {
      return Utf8.decode(bytes.toByteArray());
    } catch (CharacterCodingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  /** Whether there is nothing to decode, and nothing wrong. */
  public static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit < FIRST || unit > LAST || unit == '%') {
        return false;
      }
    }
    return true;
  }

  /** Decodes a part of a query, where forms write a space as a plus sign. */
  public static String decodeQuery(String text) {
    return decode(text.replace("+", "%20"));
  }

  private static int octet(String text, int at) {
    if (at + 2 >= text.length()) {
      throw new IllegalArgumentException("broken off");
    }
    // Refuses what are no digits of ASCII.
    return StringUtil.decodeHexByte(text, at + 1) & 0xFF;
  }
}
