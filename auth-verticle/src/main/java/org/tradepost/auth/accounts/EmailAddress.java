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
 * Email addresses, whose local part may be in any script and whose domain may be internationalized
 * (RFC 5321 and 6531, without quoted local parts and addresses in brackets). Domains are read as
 * UTS #46 has it, nontransitional, so that {@code faß.example} is no {@code fass.example}.
 *
 * @param local what stands before the at sign, folded
 * @param domain what stands behind it, as it is asked for in DNS
 */
record EmailAddress(String local, String domain) {

  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** Some domains have two hyphens there, without being internationalized. */
  private static final Set<IDNA.Error> HARMLESS = EnumSet.of(IDNA.Error.HYPHEN_3_4);

  /** Octets, as RFC 5321 counts. */
  private static final int LONGEST = 254;

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\-\\P{ASCII}]+";

  private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9-]*[a-z0-9]");

  /** Whether a text is an address. */
  static boolean isAddress(String text) {
    var at = text.lastIndexOf('@');
    if (at < 1 || text.length() > LONGEST || !isVisible(text)) {
      return false;
    }
    var local = text.substring(0, at);
    var folded = of(text);
    return LOCAL.matcher(local).matches()
        && LOCAL.matcher(folded.local).matches()
        && octets(local) <= LONGEST_LOCAL
        && isDomain(text.substring(at + 1))
        && octets(text) <= LONGEST
        && octets(local) + 1 + folded.domain.length() <= LONGEST;
  }

  private static boolean isDomain(String text) {
    return ascii(text)
        .filter(name -> DOMAIN.matcher(name).matches() && name.length() <= LONGEST_DOMAIN)
        .map(EmailAddress::readable)
        .filter(EmailAddress::isVisible)
        .isPresent();
  }

  private static boolean isVisible(String text) {
    return ReadableText.isLine(text) && text.codePoints().noneMatch(Character::isSpaceChar);
  }

  /** The parts of a text, of which nobody knows whether it is an address. */
  static EmailAddress of(String text) {
    var at = text.lastIndexOf('@');
    var domain = text.substring(at + 1);
    return new EmailAddress(
        fold(text.substring(0, Math.max(0, at))), ascii(domain).orElseGet(() -> fold(domain)));
  }

  /** Equal for addresses that people take for the same. */
  String key() {
    return local + "@" + domain;
  }

  /** The address as people read it, with the letters of its domain. */
  String readable() {
    return local + "@" + readable(domain);
  }

  /**
   * One form of texts that differ in case, in width or in how their characters are composed:
   * Unicode's NFKC_Casefold, so {@code ß} is {@code ss}, the final sigma is a sigma, and the
   * dotless {@code ı} stays another letter than {@code i}, in whatever language the host is set to.
   */
  private static String fold(String text) {
    return Normalizer2.getNFKCCasefoldInstance().normalize(text);
  }

  /** Empty when it is no domain. */
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
