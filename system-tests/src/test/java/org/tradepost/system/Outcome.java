package org.tradepost.system;

import java.util.Set;

/**
 * The outcome of one request.
 *
 * @param sent when it was sent, by {@link System#nanoTime}
 * @param ended when its outcome was known, by the same clock
 * @param status 0 if no response arrived in time
 */
record Outcome(RequestKind kind, long sent, long ended, int status) {

  /** Responses after which a client may retry. */
  private static final Set<Integer> RETRYABLE = Set.of(0, 502, 503, 504);

  boolean failed() {
    return status != kind.success;
  }

  /** Whether the response wrongly blames the request, its token or the service. */
  boolean misleads() {
    return failed() && !RETRYABLE.contains(status);
  }
}
