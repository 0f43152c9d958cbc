package org.tradepost.auth.accounts;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The email of an account.
 *
 * @param address as the user entered it
 * @param key equal for addresses that differ in case alone; finds accounts of earlier builds, and
 *     sorts accounts
 * @param fold equal for addresses that look the same to people
 * @param readable as people read it, with the letters of its domain
 */
public record Email(String address, String key, String fold, String readable) {

  public static Email of(String text) {
    var address = text.strip();
    var parts = EmailAddress.of(address);
    return new Email(
        address,
        Normalizer.normalize(address, Normalizer.Form.NFC).toLowerCase(Locale.ROOT),
        parts.key(),
        parts.readable());
  }
}
