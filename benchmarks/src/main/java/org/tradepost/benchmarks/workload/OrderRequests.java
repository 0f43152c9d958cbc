package org.tradepost.benchmarks.workload;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.proof.rest.RestRequest;

/** Orders of one piece of one product, each with an idempotency key of its own. */
public final class OrderRequests implements LoadRequest.Source {
  private final List<String> products;
  private final List<String> customers;
  private final LongAdder placed = new LongAdder();

  /**
   * @param products the products to choose from, at random
   * @param customers the tokens of the customers to choose from, at random
   */
  public OrderRequests(List<String> products, List<String> customers) {
    this.products = products;
    this.customers = customers;
  }

  @Override
  public LoadRequest next() {
    var random = ThreadLocalRandom.current();
    var product = products.get(random.nextInt(products.size()));
    var check = LoadRequest.has(201, "\"status\":\"PLACED\"", "\"productId\":\"" + product + "\"");
    var order =
        RestRequest.of("POST", "/v1/orders")
            .as(customers.get(random.nextInt(customers.size())))
            .with("idempotency-key", new UUID(random.nextLong(), random.nextLong()).toString())
            .withContent("{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}");
    return LoadRequest.of(order, (status, body) -> count(check.fault(status, body)));
  }

  private Optional<String> count(Optional<String> fault) {
    if (fault.isEmpty()) {
      placed.increment();
    }
    return fault;
  }

  /** How many were acknowledged so far. */
  public long placed() {
    return placed.sum();
  }
}
