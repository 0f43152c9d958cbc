package org.tradepost.benchmarks.workload;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Orders of one piece each, as column arrays for the statements of {@link OrderGenerator}. */
final class OrderBatch {
  private final OffsetDateTime start;
  private final List<UUID> ids = new ArrayList<>();
  private final List<UUID> customers = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<String> fingerprints = new ArrayList<>();
  private final List<UUID> products = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  /**
   * @param start a millisecond before the first order
   */
  OrderBatch(OffsetDateTime start) {
    this.start = start;
  }

  /** Adds the next order, with an unused key. */
  void add(UUID customer, int number, String product) {
    var random = ThreadLocalRandom.current();
    var key = new UUID(random.nextLong(), random.nextLong()).toString();
    ids.add(OrderDigests.id(customer, key));
    customers.add(customer);
    keys.add(key);
    fingerprints.add(OrderDigests.fingerprint(product));
    products.add(UUID.fromString(product));
    numbers.add(number);
  }

  /** The parameters for the database of the order service. */
  Tuple orders() {
    return Tuple.tuple()
        .addArrayOfUUID(ids.toArray(UUID[]::new))
        .addArrayOfUUID(customers.toArray(UUID[]::new))
        .addArrayOfString(keys.toArray(String[]::new))
        .addArrayOfString(fingerprints.toArray(String[]::new))
        .addArrayOfUUID(products.toArray(UUID[]::new))
        .addArrayOfInteger(numbers.toArray(Integer[]::new))
        .addOffsetDateTime(start);
  }

  /** The parameters for the database of the product service, except what it knows of products. */
  Tuple holds() {
    return Tuple.tuple()
        .addArrayOfUUID(ids.toArray(UUID[]::new))
        .addArrayOfString(fingerprints.toArray(String[]::new))
        .addArrayOfUUID(products.toArray(UUID[]::new))
        .addOffsetDateTime(start);
  }
}
