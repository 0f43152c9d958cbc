package org.tradepost.peer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as clients see it. */
record OrderView(
    UUID id, UUID customerId, String status, List<Line> lines, Money total, Instant placedAt) {

  record Line(
      UUID productId, String sku, String name, int quantity, Money unitPrice, Money lineTotal) {}
}
