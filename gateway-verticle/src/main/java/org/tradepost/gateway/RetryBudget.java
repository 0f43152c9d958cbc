package org.tradepost.gateway;

/**
 * How many second attempts a service may get: a few at any time, and one for some calls that
 * reached it, so that retries never multiply the load of a service that is in trouble.
 *
 * <p>Belongs to one service; safe for several event loops.
 */
final class RetryBudget {

  private static final int MOST = 1_000;
  private static final int EARNED_BY_A_CALL = 2;
  private static final int PRICE_OF_A_RETRY = 10;

  private int credit = MOST;

  synchronized void called() {
    credit = Math.min(MOST, credit + EARNED_BY_A_CALL);
  }

  /** Whether there may be another attempt; it is taken off. */
  synchronized boolean take() {
    if (credit < PRICE_OF_A_RETRY) {
      return false;
    }
    credit -= PRICE_OF_A_RETRY;
    return true;
  }
}
