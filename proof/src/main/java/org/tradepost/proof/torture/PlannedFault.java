package org.tradepost.proof.torture;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault of a part of the cluster, which is undone later.
 *
 * @param at the time since the start of the load
 * @param victim a member, or {@link #POSTGRES}
 * @param duration the time after which a dead victim is restarted or a frozen one resumed
 */
record PlannedFault(Duration at, FaultKind kind, String victim, Duration duration) {
  /** The victim that is not a member. */
  static final String POSTGRES = "PostgreSQL";

  /** A time of the run in minutes and seconds. */
  static String clock(Duration at) {
    return String.format(Locale.ROOT, "%d:%02d", at.toMinutes(), at.toSecondsPart());
  }

  String description() {
    return String.format(
        Locale.ROOT, "%s %s for %.1f s", kind.description(), victim, duration.toMillis() / 1e3);
  }
}
