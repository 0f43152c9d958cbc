package org.tradepost.proof.torture.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tradepost.proof.rest.RestRequest;

/**
 * What is sold: few products with little stock, and most buyers want the same ones. The n-th is
 * wanted in proportion to 1/n (Zipf's law).
 */
public final class ScarceProducts {
  private static final int PRODUCTS = 24;
  private static final int STOCK = 30;
  private static final int MOST_LINES = 3;
  private static final int MOST_PIECES = 2;

  private final List<String> products;
  private final double[] upTo;

  private ScarceProducts(List<String> products) {
    this.products = products;
    this.upTo = new double[products.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  /**
   * Makes the products.
   *
   * @throws TortureFailure if one is refused
   */
  public static ScarceProducts make(TortureClient api, String adminToken) {
    List<String> products = new ArrayList<>();
    for (int i = 1; i <= PRODUCTS; i++) {
      Map<String, Object> product =
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
      RestRequest creation = RestRequest.post("/v1/products", product).as(adminToken);
      ApiReply reply = api.require(201, creation, "A product could not be made");
      products.add(reply.body().path("id").asText());
    }
    return new ScarceProducts(products);
  }

  /** How many pieces of each product there were before the first was sold. */
  public Map<String, Long> initialStock() {
    Map<String, Long> stock = new LinkedHashMap<>();
    products.forEach(product -> stock.put(product, (long) STOCK));
    return stock;
  }

  /** One product, the hot ones more often. */
  String product(Random random) {
    double dice = random.nextDouble() * upTo[upTo.length - 1];
    int index = 0;
    while (upTo[index] < dice) {
      index++;
    }
    return products.get(index);
  }

  /** A few pieces of one product or of several. */
  List<RequestedLine> randomLines(Random random) {
    Map<String, RequestedLine> lines = new LinkedHashMap<>();
    int count = 1 + random.nextInt(MOST_LINES);
    for (int i = 0; i < count; i++) {
      String product = product(random);
      lines.put(product, new RequestedLine(product, 1 + random.nextInt(MOST_PIECES)));
    }
    return List.copyOf(lines.values());
  }
}
