package org.tradepost.auth.accounts;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tradepost.common.json.ReadableText;

/**
 * An email address, whose local part may be in any script and whose domain may be internationalized
 * (RFC 5321 and 6531, without quoted local parts and address literals). Domains are processed by
 * UTS #46, nontransitional, so that {@code faß.example} differs from {@code fass.example}.
 *
 * @param local the part before the at sign, folded
 * @param domain the part after it, in ASCII as in DNS
 */
record EmailAddress(String local, String domain) {

  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** Some domains have hyphens in positions 3 and 4 without being internationalized. */
  private static final Set<IDNA.Error> HARMLESS = EnumSet.of(IDNA.Error.HYPHEN_3_4);

  /** In octets, as RFC 5321 counts. */
  private static final int MAX_OCTETS = 254;

  private static final int MAX_LOCAL_OCTETS = 64;
  private static final int MAX_DOMAIN_LENGTH = 253;

  private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\-\\P{ASCII}]+";

  private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9-]*[a-z0-9]");

  /** Whether a text is a valid address. */
  static boolean isAddress(String text) {
    var at = text.lastIndexOf('@');
    if (at < 1 || text.length() > MAX_OCTETS || !isVisible(text)) {
      return false;
    }
    var local = text.substring(0, at);
    var folded = of(text);
    return LOCAL.matcher(local).matches()
        && LOCAL.matcher(folded.local).matches()
        && octets(local) <= MAX_LOCAL_OCTETS
        && isDomain(text.substring(at + 1))
        && octets(text) <= MAX_OCTETS
        && octets(local) + 1 + folded.domain.length() <= MAX_OCTETS;
  }

  private static boolean isDomain(String text) {
    return ascii(text)
        .filter(name -> DOMAIN.matcher(name).matches() && name.length() <= MAX_DOMAIN_LENGTH)
        .map(EmailAddress::readable)
        .filter(EmailAddress::isVisible)
        .isPresent();
  }

  private static boolean isVisible(String text) {
    return ReadableText.isLine(text) && text.codePoints().noneMatch(Character::isSpaceChar);
  }

  /** Splits a text, which need not be a valid address. */
  static EmailAddress of(String text) {
    var at = text.lastIndexOf('@');
    var domain = text.substring(at + 1);
    return new EmailAddress(
        fold(text.substring(0, Math.max(0, at))), ascii(domain).orElseGet(() -> fold(domain)));
  }

  /** Returns a text that is equal for addresses that look the same to people. */
  String key() {
    return local + "@" + domain;
  }

  /** Returns the address as people read it, with its domain in Unicode. */
  String readable() {
    return local + "@" + readable(domain);
  }

  /**
   * Maps texts that differ only in case, width or the composition of their characters to one form:
   * Unicode's NFKC_Casefold. {@code ß} becomes {@code ss}, a final sigma becomes a sigma, and the
   * dotless {@code ı} stays distinct from {@code i}, whatever the locale of the host.
   */
  private static String fold(String text) {
    return Normalizer2.getNFKCCasefoldInstance().normalize(text);
  }

  /** Returns a domain in ASCII; empty if it is invalid. */
  private static Optional<String> ascii(String domain) {
    var info = new IDNA.Info();
    var name = DOMAINS.nameToASCII(domain, new StringBuilder(), info);
    return HARMLESS.containsAll(info.getErrors()) ? Optional.of(name.toString()) : Optional.empty();
  }

  private static String readable(String domain) {
    return DOMAINS.nameToUnicode(domain, new StringBuilder(), new IDNA.Info()).toString();
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
