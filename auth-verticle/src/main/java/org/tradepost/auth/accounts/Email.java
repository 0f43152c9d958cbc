package org.tradepost.auth.accounts;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The email of an account.
 *
 * @param address the email as the user entered it
 * @param key equal for addresses that differ only in case; finds accounts of earlier versions, and
 *     sorts accounts
 * @param fold equal for addresses that look the same to people
 * @param readable the address as people read it, with its domain in Unicode
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
