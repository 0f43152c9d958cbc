package org.tradepost.launcher.events;

import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** The login of the administrator that the settings name. */
record AdministratorLogin(Settings settings) {
  /**
   * Logs in and returns an access token.
   *
   * @throws CommandFailure if the login is rejected
   * @throws Settings.WrongSetting if there is no password
   */
  String token(RestClient api) {
    var email = settings.text("TRADEPOST_ADMIN_EMAIL", Administrator.DEFAULT_EMAIL);
    var password = settings.required("TRADEPOST_ADMIN_PASSWORD");
    var response = api.send(RestRequest.logIn(email, password));
    if (response.status() != 200) {
      throw new CommandFailure(
          "The login as %s failed: %s".formatted(email, response.text("/title")));
    }
    return response.text("/access_token");
  }
}
