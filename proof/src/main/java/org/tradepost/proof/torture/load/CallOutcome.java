package org.tradepost.proof.torture.load;

/** What a client knows after a call. */
public enum CallOutcome {
  /** It was done. */
  OK,
  /** It was not done, for an expected reason. */
  REFUSED,
  /** It may have been done: there was no response, or a 503. */
  UNKNOWN,
  /** A response that should never occur. */
  FAILED
}
