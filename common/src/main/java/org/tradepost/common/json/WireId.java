package org.tradepost.common.json;

import java.util.HexFormat;
import java.util.UUID;

/** UUIDs as clients write them (RFC 9562). {@link UUID#fromString} also accepts shorter ones. */
public final class WireId {

  private static final String FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  private WireId() {}

  /**
   * Reads a UUID.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static UUID read(String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException("not a UUID");
    }
    return UUID.fromString(text);
  }

  /** Whether a text is a UUID. */
  public static boolean isId(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (var i = 0; i < FORM.length(); i++) {
      var character = text.charAt(i);
      if (FORM.charAt(i) == '-' ? character != '-' : !HexFormat.isHexDigit(character)) {
        return false;
      }
    }
    return true;
  }
}
