package org.tradepost.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tradepost.benchmarks.load.LoadRequest;

/**
 * What a running Tradepost sells, and to whom.
 *
 * @param products the ids of the catalogue
 * @param customers a token of each customer
 * @param reader the token of one more customer, without orders
 */
public record BenchmarkShop(
    int port, List<String> products, List<String> customers, String reader) {
  public static final int PRODUCTS = 1_000;
  public static final String ADMINISTRATOR = "admin@tradepost.example";

  /** Everybody's. */
  public static final String PASSWORD = "a long walk to the sea and back";

  private static final int AT_ONCE = 50;
  private static final int CUSTOMERS = 8;

  /** What customers look for: each word finds a tenth of the products. */
  public static final List<String> THINGS =
      List.of(
          "mug", "lamp", "chair", "kettle", "stool", "clock", "basket", "blanket", "vase", "tray");

  static final List<String> COLOURS =
      List.of(
          "blue", "red", "green", "white", "black", "yellow", "grey", "brown", "pink", "violet");

  /** Fills a new Tradepost through its API. */
  public static BenchmarkShop open(int port) {
    BenchmarkClient rest = new BenchmarkClient(port);
    String administrator = login(rest, ADMINISTRATOR, PASSWORD);
    List<String> products = new ArrayList<>();
    for (int first = 0; first < PRODUCTS; first += AT_ONCE) {
      List<String> bodies =
          IntStream.range(first, first + AT_ONCE).mapToObj(BenchmarkShop::product).toList();
      rest.post("/v1/products", administrator, bodies, 201)
          .forEach(product -> products.add(product.path("id").asText()));
    }
    List<String> customers =
        IntStream.range(0, CUSTOMERS).mapToObj(i -> customer(rest, i)).toList();
    return new BenchmarkShop(port, products, customers, customer(rest, CUSTOMERS));
  }

  private static String product(int number) {
    String thing = THINGS.get(number % 10);
    String colour = COLOURS.get(number / 10 % 10);
    return String.format(
        Locale.ROOT,
        """
        {"sku":"BENCH-%04d","name":"%s %s %d","description":"A %s %s for every day, of good material. Collection c%05d.",
         "category":"%s","price":{"amount":%d,"currency":"EUR"},"attributes":{"colour":"%s"},
         "initialStock":1000000000}
        """,
        number,
        colour,
        thing,
        number,
        colour,
        thing,
        number % (PRODUCTS / ProductGenerator.COLLECTION),
        thing,
        100 + number,
        colour);
  }

  /** Logins of the customers in turn. */
  public static LoadRequest.Source logins() {
    List<LoadRequest> logins =
        IntStream.range(0, CUSTOMERS)
            .mapToObj(
                customer ->
                    LoadRequest.of(
                        "POST",
                        "/v1/auth/login",
                        Map.of(),
                        credentials(email(customer), PASSWORD),
                        LoadRequest.has(200, "\"access_token\":\"")))
            .toList();
    AtomicInteger next = new AtomicInteger();
    return () -> logins.get(Math.floorMod(next.getAndIncrement(), CUSTOMERS));
  }

  static String email(int customer) {
    return "customer-" + customer + "@bench.example";
  }

  private static String customer(BenchmarkClient rest, int number) {
    rest.post(
        "/v1/auth/register",
        "",
        List.of(
            String.format(
                Locale.ROOT,
                "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"Customer %d\"}",
                email(number),
                PASSWORD,
                number)),
        201);
    return login(rest, email(number), PASSWORD);
  }

  private static String login(BenchmarkClient rest, String email, String password) {
    JsonNode answer =
        rest.post("/v1/auth/login", "", List.of(credentials(email, password)), 200).get(0);
    return answer.path("access_token").asText();
  }

  /** The customer of the token {@link #reader}. */
  public String subjectOfReader() {
    String claims =
        new String(Base64.getUrlDecoder().decode(reader.split("\\.")[1]), StandardCharsets.UTF_8);
    return claims.replaceFirst(".*\"sub\":\"([^\"]*)\".*", "$1");
  }

  static String credentials(String email, String password) {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
  }
}
