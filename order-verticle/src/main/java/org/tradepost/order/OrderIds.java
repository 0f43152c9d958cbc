package org.tradepost.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Gives every retry of an order the same id, whichever instance handles it. */
final class OrderIds {

  private OrderIds() {}

  /**
   * Returns the id of a customer's order with a key: a name-based UUID (version 5, RFC 9562,
   * section 5.5) with the customer as namespace and the key as name.
   */
  static UUID of(UUID customer, String idempotencyKey) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    sha1.update(
        ByteBuffer.allocate(Long.BYTES * 2)
            .putLong(customer.getMostSignificantBits())
            .putLong(customer.getLeastSignificantBits())
            .array());
    var hash = ByteBuffer.wrap(sha1.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8)));
    var high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
    var low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
