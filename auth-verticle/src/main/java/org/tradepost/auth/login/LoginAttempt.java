package org.tradepost.auth.login;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.auth.accounts.Email;
import org.tradepost.auth.sessions.Sha256;

/**
 * An attempt to prove knowledge of a password, and the counters of its failures.
 *
 * @param counters each of them can delay the attempt
 */
public record LoginAttempt(List<Counter> counters) {

  /** For one account from one address. */
  private static final int FREE_PER_ACCOUNT_AND_ADDRESS = 5;

  /** For one account from all addresses from which it was never used. */
  private static final int FREE_PER_ACCOUNT = 100;

  /** From one address, for all accounts that were never used from there. */
  private static final int FREE_PER_ADDRESS = 500;

  private static final int QUARTER_HOUR_SECONDS = 900;
  private static final int MINUTE_SECONDS = 60;

  /**
   * Counts failures.
   *
   * @param key the SHA-256 hash of what is counted, since people type passwords in place of emails
   * @param freeFailures the number of failures from which on the next attempt is delayed
   * @param forgetSeconds the seconds without a failure after which one failure is forgotten
   */
  record Counter(Buffer key, int freeFailures, int forgetSeconds) {}

  /**
   * An attempt from an address from which the account was never used.
   *
   * @param client identifies the address; empty if unknown
   */
  static LoginAttempt fromUnknownAddress(Email email, String client) {
    var counters = new ArrayList<>(fromKnownAddress(email, client).counters());
    counters.add(counter(FREE_PER_ACCOUNT, QUARTER_HOUR_SECONDS, email.fold()));
    counters.addAll(addressOnly(client).counters());
    return new LoginAttempt(counters);
  }

  /** An attempt from an address from which the account was used. */
  public static LoginAttempt fromKnownAddress(Email email, String client) {
    return new LoginAttempt(
        List.of(
            counter(
                FREE_PER_ACCOUNT_AND_ADDRESS,
                QUARTER_HOUR_SECONDS,
                "place\n" + client + "\n" + email.fold())));
  }

  /** An attempt within a session of the account; attempts of others do not delay it. */
  static LoginAttempt inSession(String session) {
    return new LoginAttempt(
        List.of(
            counter(FREE_PER_ACCOUNT_AND_ADDRESS, QUARTER_HOUR_SECONDS, "session\n" + session)));
  }

  /** An attempt counted by address alone, since it can reveal which emails have an account. */
  static LoginAttempt addressOnly(String client) {
    return new LoginAttempt(
        client.isEmpty()
            ? List.of()
            : List.of(counter(FREE_PER_ADDRESS, MINUTE_SECONDS, "address\n" + client)));
  }

  private static Counter counter(int freeFailures, int forgetSeconds, String what) {
    return new Counter(
        Sha256.of(what.getBytes(StandardCharsets.UTF_8)), freeFailures, forgetSeconds);
  }
}
