package org.tradepost.proof.torture.load;

import java.util.List;

/**
 * What a buyer requests under an idempotency key.
 *
 * @param lines one for each product
 */
public record OrderAttempt(String key, List<RequestedLine> lines) {}
