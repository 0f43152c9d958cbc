package org.tradepost.auth;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.tradepost.common.error.ServiceException;

/**
 * What a new password must be like. Length is what counts, as NIST SP 800-63B-4 has it; no rule
 * asks for kinds of characters.
 *
 * @param shortest the least number of characters
 */
record PasswordPolicy(int shortest) {

  private static final int LONGEST = 128;
  private static final int TELLING_LOCAL_PART = 4;

  /** The one form of texts that look alike, so that a password works from every keyboard. */
  static String normalize(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  /**
   * Refuses a password that does not do.
   *
   * @param pointer the field that it stands in
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  void check(String pointer, String password, Email email) {
    fault(password, email)
        .ifPresent(
            fault -> {
              throw ServiceException.invalid(pointer, fault);
            });
  }

  /** What is wrong with a password, as the rest of a sentence that begins with its name. */
  Optional<String> fault(String password, Email email) {
    var normal = normalize(password);
    if (normal.codePointCount(0, normal.length()) < shortest) {
      return Optional.of(String.format(Locale.ROOT, "must have at least %d characters", shortest));
    }
    if (password.codePointCount(0, password.length()) > LONGEST) {
      return Optional.of(String.format(Locale.ROOT, "must have at most %d characters", LONGEST));
    }
    var folded = normal.toLowerCase(Locale.ROOT);
    var local = email.localPart();
    var telling = local.codePointCount(0, local.length()) >= TELLING_LOCAL_PART;
    return contains(folded, email.key()) || (telling && contains(folded, local))
        ? Optional.of("must not contain the email address")
        : Optional.empty();
  }

  private static boolean contains(String folded, String part) {
    return folded.contains(normalize(part).toLowerCase(Locale.ROOT));
  }
}
