package org.tradepost.proof.torture.load;

/** What a client knows after a call. */
public enum CallOutcome {
  /** It was done. */
  OK,
  /** It was not done, for a reason that was to be expected. */
  REFUSED,
  /** It may have been done: there was no answer, or a 503. */
  UNKNOWN,
  /** An answer that should never be given. */
  FAILED
}
