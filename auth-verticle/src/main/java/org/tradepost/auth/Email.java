package org.tradepost.auth;

import java.text.Normalizer;
import java.util.Locale;

/**
 * An email address.
 *
 * @param address as it was given
 * @param key equal for addresses that differ in case alone
 */
record Email(String address, String key) {

  static final int LONGEST = 254;

  static Email of(String text) {
    var address = text.strip();
    return new Email(
        address, Normalizer.normalize(address, Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
  }

  /** What stands before the last at sign of the key. */
  String localPart() {
    return key.substring(0, Math.max(0, key.lastIndexOf('@')));
  }
}
