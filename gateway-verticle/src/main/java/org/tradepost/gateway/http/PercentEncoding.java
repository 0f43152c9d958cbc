package org.tradepost.gateway.http;

import io.netty.util.internal.StringUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import org.tradepost.common.json.Utf8;

/** Decodes the percent-encoding of URIs (RFC 3986), whose bytes are UTF-8. */
public final class PercentEncoding {

  private static final char FIRST = '!';
  private static final char LAST = '~';

  private PercentEncoding() {}

  /**
   * Decodes a part of a URI; a plus sign stays a plus sign.
   *
   * @throws IllegalArgumentException if the text is not well-formed
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

  /** Whether the text is well-formed and has nothing to decode. */
  public static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (unit < FIRST || unit > LAST || unit == '%') {
        return false;
      }
    }
    return true;
  }

  /** Decodes a part of a query, in which a plus sign is a space. */
  public static String decodeQuery(String text) {
    return decode(text.replace("+", "%20"));
  }

  private static int octet(String text, int at) {
    if (at + 2 >= text.length()) {
      throw new IllegalArgumentException("broken off");
    }
    // Rejects anything but ASCII hex digits.
    return StringUtil.decodeHexByte(text, at + 1) & 0xFF;
  }
}
