package org.tradepost.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The ids and fingerprints that the order service derives from an order's customer, key and lines.
 */
final class OrderDigests {
  private OrderDigests() {}

  /** A UUID of version 5 (RFC 9562, section 5.5): the key in the namespace of the customer. */
  static UUID id(UUID customer, String idempotencyKey) {
    var sha1 = digest("SHA-1");
    sha1.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(customer.getMostSignificantBits())
            .putLong(customer.getLeastSignificantBits())
            .array());
    var hash = ByteBuffer.wrap(sha1.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8)));
    var high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
    var low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The fingerprint of an order of one piece of one product. */
  static String fingerprint(String product) {
    var request = "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}";
    var hash = digest("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
