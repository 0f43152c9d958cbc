package org.tradepost.auth.accounts;

import java.text.Normalizer;
import java.util.Locale;
import org.tradepost.common.json.EmailAddress;

/**
 * The email of an account.
 *
 * @param address as the user entered it
 * @param key equal for addresses that differ in case alone; finds accounts of earlier builds, and
 *     sorts accounts
 * @param fold equal for addresses that look the same to people
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
