package org.tradepost.auth.sessions;

import java.time.Duration;
import org.tradepost.platform.config.Settings;

/**
 * The lifetimes of tokens.
 *
 * @param access the lifetime of an access token
 * @param refresh the lifetime of a refresh token, and so of an unused session
 */
public record TokenLifetimes(Duration access, Duration refresh) {

  public static TokenLifetimes from(Settings settings) {
    return new TokenLifetimes(
        settings.seconds("TRADEPOST_ACCESS_TOKEN_SECONDS", 900, 60, 3_600),
        Duration.ofDays(settings.integer("TRADEPOST_REFRESH_TOKEN_DAYS", 30, 1, 365)));
  }
}
