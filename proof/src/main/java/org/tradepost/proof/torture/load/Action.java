package org.tradepost.proof.torture.load;

import java.util.Set;

/** What buyers do, and which responses they may get. */
public enum Action {
  PLACE(201),
  CANCEL(200),
  READ(200),
  BROWSE(200);

  private static final int UNAVAILABLE = 503;
  private static final Set<String> REJECTIONS_TO_PLACE =
      Set.of("OUT_OF_STOCK", "ORDER_ABANDONED", "IDEMPOTENCY_MISMATCH");

  private final int success;

  Action(int success) {
    this.success = success;
  }

  /** Buyers only read and cancel orders that they know, so neither can be rejected. */
  CallOutcome outcome(ApiReply reply) {
    if (reply.status() == success) {
      return CallOutcome.OK;
    }
    if (reply.isMissing() || reply.status() == UNAVAILABLE) {
      return CallOutcome.UNKNOWN;
    }
    return this == PLACE && REJECTIONS_TO_PLACE.contains(reply.code())
        ? CallOutcome.REJECTED
        : CallOutcome.FAILED;
  }
}
