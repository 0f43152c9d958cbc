package org.tradepost.proof.torture.load;

/** What a client knows after a call. */
public enum CallOutcome {
  /** The call took effect. */
  OK,
  /** The call had no effect, for an expected reason. */
  REJECTED,
  /** The call may have taken effect: there was no response, or a 503. */
  UNKNOWN,
  /** A response that should never occur. */
  FAILED
}
