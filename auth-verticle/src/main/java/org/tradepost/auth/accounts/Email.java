package org.tradepost.auth.accounts;

import java.text.Normalizer;
import java.util.Locale;
import org.tradepost.common.json.EmailAddress;

/**
 * The email of an account.
 *
 * @param address as it was given
 * @param key equal for addresses that differ in case alone: by it whoever registered with an
 *     earlier build is found, and accounts are sorted
 * @param fold equal for addresses that people take for the same
 */
public record Email(String address, String key, String fold) {

  public static Email of(String text) {
    var address = text.strip();
    return new Email(
        address,
        Normalizer.normalize(address, Normalizer.Form.NFC).toLowerCase(Locale.ROOT),
        EmailAddress.of(address).key());
  }
}
