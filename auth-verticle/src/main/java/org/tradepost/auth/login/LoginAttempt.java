package org.tradepost.auth.login;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.sessions.Sha256;

/**
 * An attempt to show that one knows a password, and the counters that its failure goes to.
 *
 * @param counters each keeps the attempt waiting by itself
 */
public record LoginAttempt(List<Counter> counters) {

  /** For one account from one place. */
  private static final int OF_PLACE = 5;

  /** For one account from all places that it was never used at. */
  private static final int OF_ACCOUNT = 100;

  /** From one address, for all accounts that were never used there. */
  private static final int OF_ADDRESS = 500;

  private static final int QUARTER_OF_HOUR = 900;
  private static final int MINUTE = 60;

  /**
   * Counts failures.
   *
   * @param key what is counted for, as SHA-256: people type passwords for emails
   * @param free after so many failures the next attempt waits
   * @param forgetSeconds in so much time without one a failure is forgotten
   */
  record Counter(Buffer key, int free, int forgetSeconds) {}

  /**
   * One of whom nobody knows whether they have ever held the account.
   *
   * @param client what stands for the address; empty when nobody told
   */
  static LoginAttempt ofStranger(Email email, String client) {
    var counters = new ArrayList<>(fromKnownAddress(email, client).counters());
    counters.add(counter(OF_ACCOUNT, QUARTER_OF_HOUR, email.fold()));
    counters.addAll(byAddress(client).counters());
    return new LoginAttempt(counters);
  }

  /** One from an address at which the account was used. */
  public static LoginAttempt fromKnownAddress(Email email, String client) {
    return new LoginAttempt(
        List.of(counter(OF_PLACE, QUARTER_OF_HOUR, "place\n" + client + "\n" + email.fold())));
  }

  /** One within a session of the account, whatever others do. */
  static LoginAttempt inSession(String session) {
    return new LoginAttempt(List.of(counter(OF_PLACE, QUARTER_OF_HOUR, "session\n" + session)));
  }

  /** One that is for no account: to find out which there are. */
  static LoginAttempt byAddress(String client) {
    return new LoginAttempt(
        client.isEmpty() ? List.of() : List.of(counter(OF_ADDRESS, MINUTE, "address\n" + client)));
  }

  private static Counter counter(int free, int forgetSeconds, String what) {
    return new Counter(Sha256.of(what.getBytes(StandardCharsets.UTF_8)), free, forgetSeconds);
  }
}
