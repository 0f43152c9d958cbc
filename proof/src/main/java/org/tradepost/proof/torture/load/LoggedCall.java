package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A call in a client's log.
 *
 * @param customer who called
 * @param attempt the order that it is about, as it was asked for; empty for a look at the catalogue
 * @param begin counted, as the end, from the beginning of the log
 * @param words the reason if it was not done, else empty
 * @param told the order in the answer, if the call was done and there is one
 */
public record LoggedCall(
    String customer,
    Action action,
    OrderAttempt attempt,
    Duration begin,
    Duration end,
    CallOutcome outcome,
    String words,
    Optional<ReportedOrder> told) {

  /** For a person who looks for a cause. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%9.3f %9.3f %-7s %-7s %s %s %s %s%s",
        begin.toMillis() / 1e3,
        end.toMillis() / 1e3,
        outcome,
        action,
        customer,
        attempt.key(),
        attempt.wishes(),
        words,
        told.map(order -> order.id() + " " + order.status()).orElse(""));
  }
}
