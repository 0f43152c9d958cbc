package org.tradepost.common.bus;

/**
 * How a request may be repeated.
 *
 * @param millis how long to wait for a reply in total
 * @param attemptMillis how long to wait for a reply before the request is sent again
 * @param most how often the request is sent at most
 */
public record RepeatedCalls(long millis, long attemptMillis, int most) {}
