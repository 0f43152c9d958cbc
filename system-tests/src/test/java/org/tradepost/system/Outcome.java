package org.tradepost.system;

import java.util.Set;

/**
 * What came of one request.
 *
 * @param sent when it was sent, of {@link System#nanoTime}
 * @param ended when its outcome was known, of the same
 * @param status 0 when no answer came in time
 */
record Outcome(RequestKind kind, long sent, long ended, int status) {

  /** Responses after which a client may retry. */
  private static final Set<Integer> TRY_AGAIN = Set.of(0, 502, 503, 504);

  boolean failed() {
    return status != kind.success;
  }

  /** As if the request, its token or the service itself were wrong. */
  boolean misleads() {
    return failed() && !TRY_AGAIN.contains(status);
  }
}
