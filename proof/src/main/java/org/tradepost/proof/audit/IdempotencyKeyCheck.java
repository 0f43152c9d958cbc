package org.tradepost.proof.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks that each order has the id that follows from its customer and key, and that no id exists
 * twice. Two orders of one customer and key are then impossible: they would have the same id.
 */
final class IdempotencyKeyCheck {
  private static final String ORDERS =
      """
      select id, customer_id, idempotency_key from orders where status <> 'ABANDONED' order by id
      """;

  private record Order(UUID id, UUID customer, String key) {}

  private IdempotencyKeyCheck() {}

  static Finding check(Snapshot orders) {
    var violations = new LinkedHashMap<String, String>();
    var count = 0L;
    try (var rows =
        orders.rows(
            ORDERS,
            row ->
                new Order(
                    row.getObject("id", UUID.class),
                    row.getObject("customer_id", UUID.class),
                    row.getString("idempotency_key")))) {
      Optional<UUID> before = Optional.empty();
      for (var row = rows.next(); row.isPresent(); row = rows.next()) {
        var order = row.get();
        count++;
        fault(order, before)
            .ifPresent(fault -> violations.putIfAbsent(order.id().toString(), fault));
        before = Optional.of(order.id());
      }
    }
    return new Finding(count, violations);
  }

  private static Optional<String> fault(Order order, Optional<UUID> before) {
    if (order.customer() == null || order.key() == null) {
      return Optional.of("an order without customer or key");
    }
    if (before.equals(Optional.of(order.id()))) {
      return Optional.of("exists twice");
    }
    var expected = id(order.customer(), order.key());
    return order.id().equals(expected)
        ? Optional.empty()
        : Optional.of(
            "customer %s and key \"%s\" give the id %s"
                .formatted(order.customer(), order.key(), expected));
  }

  /**
   * A name-based UUID, version 5, of RFC 9562 section 5.5. Computed here independently, so that an
   * error of the service is not repeated.
   */
  private static UUID id(UUID customer, String key) {
    var name = ByteBuffer.wrap(sha1(customer, key));
    var high = (name.getLong() & ~0xf000L) | 0x5000L;
    var low = (name.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private static byte[] sha1(UUID customer, String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(customer.getMostSignificantBits())
              .putLong(customer.getLeastSignificantBits())
              .array());
      return digest.digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
