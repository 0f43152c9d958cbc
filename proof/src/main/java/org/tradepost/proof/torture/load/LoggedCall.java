package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A call in a client's log.
 *
 * @param customer who called
 * @param attempt the order as it was requested; empty for a read of the catalogue
 * @param start the time since the start of the log, like the end
 * @param failure the reason if the call did not succeed, else empty
 * @param reportedOrder the order in the response, if the call succeeded and there is one
 */
public record LoggedCall(
    String customer,
    Action action,
    OrderAttempt attempt,
    Duration start,
    Duration end,
    CallOutcome outcome,
    String failure,
    Optional<ReportedOrder> reportedOrder) {

  /** The call as a line of text. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%9.3f %9.3f %-7s %-7s %s %s %s %s%s",
        start.toMillis() / 1e3,
        end.toMillis() / 1e3,
        outcome,
        action,
        customer,
        attempt.key(),
        attempt.lines(),
        failure,
        reportedOrder.map(order -> order.id() + " " + order.status()).orElse(""));
  }
}
