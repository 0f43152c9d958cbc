package org.tradepost.benchmarks.workload;

import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.proof.rest.RestRequest;

/** A mix of requests: of a hundred, 45 orders and 1 login, the rest reads. */
public final class RequestMix implements LoadRequest.Source {
  private static final int ORDERS = 45;
  private static final int PRODUCTS = ORDERS + 40;
  private static final int OWN_ORDERS = PRODUCTS + 10;
  private static final int FIRST_PAGES = OWN_ORDERS + 4;
  private static final int ALL = FIRST_PAGES + 1;

  private final BenchmarkShop shop;
  private final OrderRequests orders;
  private final LoadRequest.Source logins = BenchmarkShop.logins();

  public RequestMix(BenchmarkShop shop, OrderRequests orders) {
    this.shop = shop;
    this.orders = orders;
  }

  @Override
  public LoadRequest next() {
    var random = ThreadLocalRandom.current();
    var which = random.nextInt(ALL);
    if (which < ORDERS) {
      return orders.next();
    } else if (which < PRODUCTS) {
      var product = shop.products().get(random.nextInt(shop.products().size()));
      return read("/v1/products/" + product, "\"id\":\"" + product + "\"");
    } else if (which < OWN_ORDERS) {
      return read("/v1/orders?limit=20", "\"items\":[");
    } else if (which < FIRST_PAGES) {
      return read("/v1/products?limit=20", "\"items\":[");
    }
    return logins.next();
  }

  /** With a token, so that no gateway answers from its cache. */
  private LoadRequest read(String path, String part) {
    var customers = shop.customerTokens();
    var token = customers.get(ThreadLocalRandom.current().nextInt(customers.size()));
    return LoadRequest.of(RestRequest.get(path).as(token), LoadRequest.has(200, part));
  }
}
