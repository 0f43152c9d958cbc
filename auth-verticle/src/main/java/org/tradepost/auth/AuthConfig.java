package org.tradepost.auth;

import java.util.Optional;
import org.tradepost.auth.accounts.AdministratorConfig;
import org.tradepost.auth.passwords.PasswordPolicy;
import org.tradepost.auth.sessions.TokenLifetimes;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.sql.DatabaseConfig;

/**
 * The settings of the authentication service.
 *
 * @param database the service's own database
 * @param passwords the rules for a new password
 * @param maxHashings the maximum number of password hashings in progress or waiting; more are
 *     rejected
 * @param lifetimes the lifetimes of tokens
 * @param administrator the account that the first start creates
 */
public record AuthConfig(
    DatabaseConfig database,
    PasswordPolicy passwords,
    int maxHashings,
    TokenLifetimes lifetimes,
    Optional<AdministratorConfig> administrator) {

  /**
   * Reads the settings of the service.
   *
   * @throws Settings.WrongSetting naming the first setting that is missing or invalid
   */
  public static AuthConfig from(Settings settings) {
    var passwords =
        new PasswordPolicy(settings.integer("TRADEPOST_PASSWORD_MIN_LENGTH", 15, 8, 64));
    return new AuthConfig(
        DatabaseConfig.from(settings),
        passwords,
        settings.integer("TRADEPOST_PASSWORD_HASHING_LIMIT", 100, 1, 10_000),
        TokenLifetimes.from(settings),
        AdministratorConfig.from(settings, passwords));
  }
}
