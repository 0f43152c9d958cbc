package org.tradepost.common.bus;

/**
 * How a request may be repeated.
 *
 * @param millis for how long an answer is waited for in all
 * @param attemptMillis after which a request without a reply is sent again
 * @param most how often it is sent
 */
public record RepeatedCalls(long millis, long attemptMillis, int most) {}
