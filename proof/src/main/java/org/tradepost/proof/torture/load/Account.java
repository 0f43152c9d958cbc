package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.Map;

/** An account of the shop with a valid token, as long as it is requested now and then. */
public final class Account {
  private static final String PASSWORD = "stubborn to the very last piece";

  private final TortureClient api;
  private final String id;
  private final Map<String, String> credentials;
  private String token;
  private long renewal;

  private Account(TortureClient api, String id, Map<String, String> credentials) {
    this.api = api;
    this.id = id;
    this.credentials = credentials;
  }

  /**
   * Opens a customer's account and logs in.
   *
   * @throws TortureFailure if that is refused
   */
  public static Account open(TortureClient api, String name) {
    Map<String, String> credentials =
        Map.of("email", name + "@torture.example", "password", PASSWORD);
    ApiReply opened =
        api.send(
                TortureClient.Request.post(
                    "/v1/auth/register",
                    Map.of("email", credentials.get("email"), "password", PASSWORD, "name", name),
                    ""))
            .join();
    if (opened.status() != 201) {
      throw new TortureFailure("An account could not be opened: " + opened.words());
    }
    Account account = new Account(api, opened.body().path("id").asText(), credentials);
    account.logIn();
    return account;
  }

  /** Logs into an existing account. */
  public static Account of(TortureClient api, String email, String password) {
    Account account = new Account(api, email, Map.of("email", email, "password", password));
    account.logIn();
    return account;
  }

  private void logIn() {
    ApiReply reply = api.send(TortureClient.Request.post("/v1/auth/login", credentials, "")).join();
    if (reply.status() != 200) {
      throw new TortureFailure("Nobody could log in: " + reply.words());
    }
    take(reply);
  }

  /** A new one is requested long before the expiry, so that a refused token is always a fault. */
  private void take(ApiReply reply) {
    token = reply.body().path("access_token").asText();
    long seconds = reply.body().path("expires_in").asLong();
    renewal = System.nanoTime() + Duration.ofSeconds(seconds / 4).toNanos();
  }

  String id() {
    return id;
  }

  /**
   * A token that is valid for at least half of its lifetime; the old one while the auth service is
   * unavailable.
   */
  public String token() {
    if (System.nanoTime() - renewal > 0) {
      ApiReply reply =
          api.send(TortureClient.Request.post("/v1/auth/login", credentials, "")).join();
      if (reply.status() == 200) {
        take(reply);
      }
    }
    return token;
  }
}
