package org.tradepost.common.json;

import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as clients write them (RFC 9562); Java's own reader takes shorter ones too. */
public final class WireId {

  /** A regular expression. */
  public static final String FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  private WireId() {}

  /**
   * Reads a UUID.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static UUID read(String text) {
    if (!PATTERN.matcher(text).matches()) {
      throw new IllegalArgumentException("no UUID");
    }
    return UUID.fromString(text);
  }
}
