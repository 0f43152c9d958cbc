package org.tradepost.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.proof.rest.RestRequest;

/**
 * The products and customers of a running Tradepost.
 *
 * @param products the ids of the products
 * @param customerTokens a token of each customer
 * @param readerToken the token of one more customer, without orders
 */
public record BenchmarkShop(
    int port, List<String> products, List<String> customerTokens, String readerToken) {
  public static final int PRODUCTS = 1_000;
  public static final String ADMINISTRATOR = "admin@tradepost.example";

  /** The password of every account. */
  public static final String PASSWORD = "a long walk to the sea and back";

  private static final int AT_ONCE = 50;
  private static final int CUSTOMERS = 8;

  /** Search words, each of which finds a tenth of the products. */
  public static final List<String> NOUNS =
      List.of(
          "mug", "lamp", "chair", "kettle", "stool", "clock", "basket", "blanket", "vase", "tray");

  static final List<String> COLOURS =
      List.of(
          "blue", "red", "green", "white", "black", "yellow", "grey", "brown", "pink", "violet");

  /** Fills a new Tradepost through its API. */
  public static BenchmarkShop open(int port) {
    var rest = new BenchmarkClient(port);
    var administrator = logIn(rest, ADMINISTRATOR);
    var products = new ArrayList<String>();
    for (var first = 0; first < PRODUCTS; first += AT_ONCE) {
      var creations =
          IntStream.range(first, first + AT_ONCE)
              .mapToObj(n -> RestRequest.post("/v1/products", product(n)).as(administrator))
              .toList();
      rest.sendAll(201, creations).forEach(product -> products.add(product.text("/id")));
    }
    var customers = IntStream.range(0, CUSTOMERS).mapToObj(i -> customer(rest, i)).toList();
    return new BenchmarkShop(port, products, customers, customer(rest, CUSTOMERS));
  }

  private static Map<String, Object> product(int number) {
    var thing = NOUNS.get(number % 10);
    var colour = COLOURS.get(number / 10 % 10);
    var collection = number % (PRODUCTS / ProductGenerator.COLLECTION);
    return Map.of(
        "sku",
        String.format(Locale.ROOT, "BENCH-%04d", number),
        "name",
        colour + " " + thing + " " + number,
        "description",
        String.format(
            Locale.ROOT,
            "A %s %s for every day, of good material. Collection c%05d.",
            colour,
            thing,
            collection),
        "category",
        thing,
        "price",
        Map.of("amount", 100 + number, "currency", "EUR"),
        "attributes",
        Map.of("colour", colour),
        "initialStock",
        1_000_000_000);
  }

  /** Orders of any product by any customer. */
  public OrderRequests anyOrders() {
    return new OrderRequests(products, customerTokens);
  }

  /** Logins of the customers in turn. */
  public static LoadRequest.Source logins() {
    var logins =
        IntStream.range(0, CUSTOMERS)
            .mapToObj(
                customer ->
                    LoadRequest.of(
                        RestRequest.logIn(email(customer), PASSWORD),
                        LoadRequest.has(200, "\"access_token\":\"")))
            .toList();
    var next = new AtomicInteger();
    return () -> logins.get(Math.floorMod(next.getAndIncrement(), CUSTOMERS));
  }

  static String email(int customer) {
    return "customer-" + customer + "@bench.example";
  }

  private static String customer(BenchmarkClient rest, int number) {
    var registration =
        Map.of("email", email(number), "password", PASSWORD, "name", "Customer " + number);
    rest.send(201, RestRequest.post("/v1/auth/register", registration));
    return logIn(rest, email(number));
  }

  private static String logIn(BenchmarkClient rest, String email) {
    return rest.send(200, RestRequest.logIn(email, PASSWORD)).text("/access_token");
  }

  /** The id of the customer with the token {@link #readerToken}. */
  public String subjectOfReader() {
    var claims =
        new String(
            Base64.getUrlDecoder().decode(readerToken.split("\\.")[1]), StandardCharsets.UTF_8);
    return claims.replaceFirst(".*\"sub\":\"([^\"]*)\".*", "$1");
  }
}
