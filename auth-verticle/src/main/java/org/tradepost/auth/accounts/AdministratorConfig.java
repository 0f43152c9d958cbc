package org.tradepost.auth.accounts;

import java.util.Optional;
import org.tradepost.auth.passwords.PasswordPolicy;
import org.tradepost.platform.config.Settings;

/** The administrator account that the first start creates. */
public record AdministratorConfig(Email email, String password) {

  static final String EMAIL = "TRADEPOST_ADMIN_EMAIL";
  private static final String PASSWORD = "TRADEPOST_ADMIN_PASSWORD";

  /** Reads the settings; empty if no password is set. */
  public static Optional<AdministratorConfig> from(Settings settings, PasswordPolicy policy) {
    var address = settings.text(EMAIL, "admin@tradepost.example");
    if (!EmailAddress.isAddress(address)) {
      throw new Settings.WrongSetting(EMAIL, "must be an email address");
    }
    var email = Email.of(address);
    var password = settings.text(PASSWORD, "");
    if (password.isEmpty()) {
      return Optional.empty();
    }
    policy
        .fault(password, email.readable())
        .ifPresent(
            fault -> {
              throw new Settings.WrongSetting(PASSWORD, fault);
            });
    return Optional.of(new AdministratorConfig(email, password));
  }

  /** Without the password, so that no log shows it. */
  @Override
  public String toString() {
    return email.address();
  }
}
