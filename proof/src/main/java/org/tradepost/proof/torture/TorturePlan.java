package org.tradepost.proof.torture;

import java.time.Duration;
import java.util.Locale;

/**
 * The parameters of a run.
 *
 * @param seed determines which faults happen when, and what buyers do
 * @param length the duration of the load, during which the faults happen
 * @param clients how many buyers there are
 * @param password the administrator's password
 */
public record TorturePlan(long seed, Duration length, int clients, String password) {
  /** How long a hold lives: less than the gateway waits before it asks the next instance. */
  public static final Duration HOLD = Duration.ofSeconds(2);

  private static final String ADMINISTRATOR = "admin@torture.example";

  /** The email of the account that creates the products. */
  public String administrator() {
    return ADMINISTRATOR;
  }

  /** Omits the password, so that it is never logged by accident. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "seed %d, %s, %d clients", seed, text(length), clients);
  }

  private static String text(Duration length) {
    return length.toMinutes() == 1 ? "1 minute" : length.toMinutes() + " minutes";
  }
}
