package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.Map;
import org.tradepost.proof.rest.RestRequest;

/** An account with a token, which is renewed in time if it is requested now and then. */
public final class Account {
  private static final String PASSWORD = "stubborn to the very last piece";

  private final TortureClient api;
  private final String id;
  private final RestRequest login;
  private String token;
  private long renewal;

  private Account(TortureClient api, String id, RestRequest login) {
    this.api = api;
    this.id = id;
    this.login = login;
  }

  /**
   * Opens a customer's account and logs in.
   *
   * @throws TortureFailure if that is rejected
   */
  public static Account open(TortureClient api, String name) {
    var email = name + "@torture.example";
    var registration = Map.of("email", email, "password", PASSWORD, "name", name);
    var opened =
        api.require(
            201,
            RestRequest.post("/v1/auth/register", registration),
            "An account could not be opened");
    return logIn(api, opened.body().path("id").asText(), email, PASSWORD);
  }

  /** Logs into an existing account. */
  public static Account of(TortureClient api, String email, String password) {
    return logIn(api, email, email, password);
  }

  private static Account logIn(TortureClient api, String id, String email, String password) {
    var login = RestRequest.logIn(email, password);
    var account = new Account(api, id, login);
    account.take(api.require(200, login, "The login failed"));
    return account;
  }

  /** Sets the renewal long before the expiry, so that a rejected token is always a fault. */
  private void take(ApiReply reply) {
    token = reply.body().path("access_token").asText();
    var seconds = reply.body().path("expires_in").asLong();
    renewal = System.nanoTime() + Duration.ofSeconds(seconds / 4).toNanos();
  }

  String id() {
    return id;
  }

  /**
   * A token with at least three quarters of its lifetime left, or the old one while the auth
   * service is unavailable.
   */
  public String token() {
    if (System.nanoTime() - renewal > 0) {
      var reply = api.send(login).join();
      if (reply.status() == 200) {
        take(reply);
      }
    }
    return token;
  }
}
