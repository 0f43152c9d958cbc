package org.tradepost.common.contract;

import java.util.List;

/**
 * A part of a listing.
 *
 * @param items what it holds
 * @param nextCursor where the next part begins, null when this is the last
 */
public record Page<T>(List<T> items, String nextCursor) {}
