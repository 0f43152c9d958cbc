package org.tradepost.proof.torture.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tradepost.proof.rest.RestRequest;

/**
 * The products of a run: few, with little stock, of which most buyers want the same ones. The n-th
 * is wanted in proportion to 1/n (Zipf's law).
 */
public final class ScarceProducts {
  private static final int PRODUCTS = 24;
  private static final int STOCK = 30;
  private static final int MAX_LINES = 3;
  private static final int MAX_QUANTITY = 2;

  private final List<String> products;
  private final double[] cumulativeWeights;

  private ScarceProducts(List<String> products) {
    this.products = products;
    this.cumulativeWeights = new double[products.size()];
    double sum = 0;
    for (var i = 0; i < cumulativeWeights.length; i++) {
      sum += 1.0 / (i + 1);
      cumulativeWeights[i] = sum;
    }
  }

  /**
   * Creates the products.
   *
   * @throws TortureFailure if one is rejected
   */
  public static ScarceProducts make(TortureClient api, String adminToken) {
    var products = new ArrayList<String>();
    for (var i = 1; i <= PRODUCTS; i++) {
      var product =
          Map.of(
              "sku",
              "RARE-" + i,
              "name",
              "Rare piece " + i,
              "category",
              "rarities",
              "price",
              Map.of("amount", 100 + i, "currency", "EUR"),
              "initialStock",
              STOCK);
      var creation = RestRequest.post("/v1/products", product).as(adminToken);
      var reply = api.require(201, creation, "A product could not be created");
      products.add(reply.body().path("id").asText());
    }
    return new ScarceProducts(products);
  }

  /** How many pieces of each product there were before the first was sold. */
  public Map<String, Long> initialStock() {
    var stock = new LinkedHashMap<String, Long>();
    products.forEach(product -> stock.put(product, (long) STOCK));
    return stock;
  }

  /** A random product; popular ones are more likely. */
  String product(Random random) {
    var dice = random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
    var index = 0;
    while (cumulativeWeights[index] < dice) {
      index++;
    }
    return products.get(index);
  }

  /** A few pieces of one product or of several. */
  List<RequestedLine> randomLines(Random random) {
    var lines = new LinkedHashMap<String, RequestedLine>();
    var count = 1 + random.nextInt(MAX_LINES);
    for (var i = 0; i < count; i++) {
      var product = product(random);
      lines.put(product, new RequestedLine(product, 1 + random.nextInt(MAX_QUANTITY)));
    }
    return List.copyOf(lines.values());
  }
}
