package org.tradepost.auth.passwords;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import me.gosimple.nbvcxz.Nbvcxz;

/**
 * Passwords that attackers guess first: nbvcxz's list of 100,000 (alone, repeated, or followed by
 * digits), and sequences of keyboards and the alphabet.
 */
public final class CommonPasswords {

  private static final Set<String> KNOWN = load();

  /** Sequences that people type, forwards or backwards. */
  private static final List<String> ROWS =
      List.of(
          "1234567890".repeat(13),
          "abcdefghijklmnopqrstuvwxyz".repeat(6),
          "qwertyuiopasdfghjklzxcvbnm".repeat(6),
          "qwertzuiopasdfghjklyxcvbnm".repeat(6),
          "azertyuiopqsdfghjklmwxcvbn".repeat(6));

  /** A repeated pattern of at most this length counts as common. */
  private static final int MAX_PATTERN_LENGTH = 4;

  private CommonPasswords() {}

  /**
   * Whether many people use a password.
   *
   * @param password the folded password
   */
  public static boolean has(String password) {
    var bare = password.replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
    var word = bare.replaceAll("\\p{N}+$", "");
    // If a password is mostly symbols, its other characters say little.
    var significant = 2 * bare.length() >= password.length();
    return isKnown(password)
        || (significant
            && (isKnown(bare) || (word.length() > MAX_PATTERN_LENGTH && isKnown(word))));
  }

  private static boolean isKnown(String text) {
    var pattern = text.substring(0, period(text));
    return KNOWN.contains(text)
        || (pattern.length() < text.length()
            && (pattern.length() <= MAX_PATTERN_LENGTH || isKnown(pattern)))
        || isWalk(text);
  }

  /** Returns the length of the shortest pattern that the text repeats, or its own length. */
  private static int period(String text) {
    for (var length = 1; length <= text.length() / 2; length++) {
      if (text.startsWith(text.substring(length))) {
        return length;
      }
    }
    return text.length();
  }

  private static boolean isWalk(String text) {
    var back = new StringBuilder(text).reverse();
    return text.length() > MAX_PATTERN_LENGTH
        && ROWS.stream().anyMatch(row -> row.contains(text) || row.contains(back));
  }

  private static Set<String> load() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Nbvcxz.class.getResourceAsStream("/dictionaries/passwords.txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(PasswordPolicy::fold).collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
