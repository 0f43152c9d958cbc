package org.tradepost.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Looks for tokens, passwords and emails in what operators see: logs, traces and metrics. */
public final class SecretScan {

  /** Access tokens and service tokens, with or without their signature. */
  private static final String JWT = "eyJ[\\w-]{10,}\\.[\\w-]{10,}";

  /**
   * A token has no "=" in its first ten characters; "Bearer" may also end a field of a log line.
   */
  private static final String AUTHORIZATION = "[Bb]earer [\\w.~+/-]{10}";

  /** 256 random bits in Base64, unlike names of classes and tests, which have no digits. */
  private static final String REFRESH_TOKEN =
      "(?<![\\w-])(?=[\\w-]*\\d)(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])[\\w-]{43}(?![\\w-])";

  private static final String EMAIL =
      "(?<![\\w.+-])[\\w.+-]++(?:@|%40)[\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,}";

  /** A JSON field, a URL parameter or a component of a record. */
  private static final String NAMED_PASSWORD = "(?i:password)[\"\\\\]*\\s*[:=]\\s*[^\\s,;)}\\]]";

  /** The passwords of test accounts and the secret of test clusters. */
  private static final String PASSWORD_OF_TESTS =
      "a long walk to the sea|the keeper of the |the keys of the whole house|analytical engine"
          + "|correct horse battery staple|a blue kettle on fire|"
          + TestNode.SECRET;

  private static final Pattern SECRET =
      Pattern.compile(
          String.join(
              "|", JWT, AUTHORIZATION, REFRESH_TOKEN, EMAIL, NAMED_PASSWORD, PASSWORD_OF_TESTS));

  private SecretScan() {}

  /** All secrets in a text. */
  static List<String> find(String text) {
    return SECRET.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Fails if a text contains a secret. */
  public static void requireNone(String what, String text) {
    assertThat(find(text)).as("%s must have no token, password or email", what).isEmpty();
  }

  /** Fails if a log contains a secret. */
  public static void requireNoneIn(Path log) {
    try {
      requireNone(log.toString(), Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
