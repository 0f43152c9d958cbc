package org.tradepost.auth.passwords;

import com.ibm.icu.text.Normalizer2;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.tradepost.common.error.ServiceException;

/**
 * The rules for a new password. It must be long enough and not easy to guess, as NIST SP 800-63B-4
 * recommends; there is no rule about kinds of characters.
 *
 * @param minLength the minimum number of characters
 */
public record PasswordPolicy(int minLength) {

  private static final int MAX_LENGTH = 128;
  private static final int MIN_FORBIDDEN_PART_LENGTH = 5;

  /** Maps texts that look alike to one form, so that a password works on every keyboard. */
  static String normalize(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  /** Folds texts as emails are folded: texts that look the same to people become equal. */
  static String fold(String text) {
    return Normalizer2.getNFKCCasefoldInstance().normalize(text);
  }

  /**
   * Rejects a password that breaks a rule.
   *
   * @param pointer the field that contains the password
   * @param email the address of the account, with its domain in Unicode
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  public void check(String pointer, String password, String email) {
    fault(password, email)
        .ifPresent(
            fault -> {
              throw ServiceException.invalid(pointer, fault);
            });
  }

  /** Rejects a new password that breaks a rule or equals the old one; see {@link #check}. */
  public void checkNew(String pointer, String password, String old, String email) {
    if (normalize(password).equals(normalize(old))) {
      throw ServiceException.invalid(pointer, "must not be the current password");
    }
    check(pointer, password, email);
  }

  /** Returns what is wrong with a password, as the end of a sentence that begins with its name. */
  public Optional<String> fault(String password, String email) {
    var normal = normalize(password);
    // Normalizing can join or split characters, and neither makes a password harder to guess.
    if (Math.min(length(password), length(normal)) < minLength) {
      return Optional.of("must have at least %s characters".formatted(minLength));
    }
    if (Math.max(length(password), length(normal)) > MAX_LENGTH) {
      return Optional.of("must have at most %s characters".formatted(MAX_LENGTH));
    }
    var folded = fold(normal);
    if (parts(email).anyMatch(folded::contains)) {
      return Optional.of(
          "must not contain a part of the email address that has %s characters or more"
              .formatted(MIN_FORBIDDEN_PART_LENGTH));
    }
    return CommonPasswords.has(folded)
        ? Optional.of("must not be a common password")
        : Optional.empty();
  }

  /** Returns the parts before and after the at sign, and each run of letters and digits in them. */
  private static Stream<String> parts(String email) {
    var address = fold(email);
    return Stream.of("@", "[^\\p{L}\\p{M}\\p{N}]+")
        .flatMap(separator -> Arrays.stream(address.split(separator)))
        .filter(part -> length(part) >= MIN_FORBIDDEN_PART_LENGTH);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
