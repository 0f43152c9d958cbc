package org.tradepost.common.bus;

/**
 * How a request may be repeated.
 *
 * @param totalMillis how long to wait for a reply in total
 * @param attemptMillis how long to wait for a reply before the request is sent again
 * @param maxAttempts how often the request is sent at most
 */
public record RepeatPolicy(long totalMillis, long attemptMillis, int maxAttempts) {}
