package org.tradepost.common.json;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Email addresses, whose local part may be in any script and whose domain may be internationalized
 * (RFC 5321 and 6531, without quoted local parts and addresses in brackets).
 *
 * @param local what stands before the at sign, folded
 * @param domain what stands behind it, as it is asked for in DNS
 */
public record EmailAddress(String local, String domain) {

  /** Octets, as RFC 5321 counts. */
  private static final int LONGEST = 254;

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\-\\P{ASCII}]+";

  private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9-]*[a-z0-9]");

  /** Whether a text is an address. */
  public static boolean isAddress(String text) {
    var at = text.lastIndexOf('@');
    if (at < 1
        || text.length() > LONGEST
        || !ReadableText.isLine(text)
        || text.codePoints().anyMatch(Character::isSpaceChar)) {
      return false;
    }
    var local = text.substring(0, at);
    var folded = of(text);
    return LOCAL.matcher(local).matches()
        && LOCAL.matcher(folded.local).matches()
        && octets(local) <= LONGEST_LOCAL
        && DOMAIN.matcher(folded.domain).matches()
        && folded.domain.length() <= LONGEST_DOMAIN
        && octets(text) <= LONGEST
        && octets(local) + 1 + folded.domain.length() <= LONGEST;
  }

  /** The parts of a text, of which nobody knows whether it is an address. */
  public static EmailAddress of(String text) {
    var at = text.lastIndexOf('@');
    return new EmailAddress(
        fold(text.substring(0, Math.max(0, at))), domain(fold(text.substring(at + 1))));
  }

  /** Equal for addresses that people take for the same. */
  public String key() {
    return local + "@" + domain;
  }

  /**
   * One form of texts that differ in case, in width or in how their characters are composed:
   * Unicode's toCasefold of NFKC, so {@code ß} is {@code ss}, the final sigma is a sigma, and the
   * dotless {@code ı} stays another letter than {@code i}, in whatever language the host is set to.
   */
  static String fold(String text) {
    var folded = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .mapToObj(EmailAddress::fold)
        .forEach(folded::append);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static String fold(int point) {
    var character = Character.toString(point);
    // Alone, so that no sigma is a final one.
    return character.equals("ı")
        ? character
        : character
            .toLowerCase(Locale.ROOT)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replace('ς', 'σ');
  }

  private static String domain(String folded) {
    try {
      return IDN.toASCII(folded, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException none) {
      return folded;
    }
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
