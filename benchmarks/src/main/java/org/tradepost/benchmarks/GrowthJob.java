package org.tradepost.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The same operations on ten and on a hundred times as many orders and products. */
final class GrowthJob {
  private static final int CONNECTIONS = 64;
  private static final double MOST_MORE = 1.2;
  private static final double GOAL = 0.8;

  private static final String LIST = "/v1/products?limit=20";
  private static final List<String> OPERATIONS =
      List.of(
          "read a product",
          "search, a hundred found",
          "search, a tenth found",
          "list products",
          "list my orders",
          "place an order");

  private final Running up;
  private final Rounds rounds;
  private final Catalogue catalogue;
  private final PastOrders orders;

  private GrowthJob(Running up, Rounds rounds) {
    this.up = up;
    this.rounds = rounds;
    this.catalogue = new Catalogue(up);
    this.orders = new PastOrders(up, catalogue.products());
  }

  /**
   * On a Tradepost of its own. It grows, so one size comes after the other, and only what is
   * measured at one size has its turns.
   */
  static List<Row> run(Stage stage, Rounds rounds) {
    stage.close();
    GrowthJob job = new GrowthJob(stage.up(), rounds);
    List<List<Series>> sizes = rounds.sizes().stream().map(job::at).toList();
    List<Row> rows = new ArrayList<>();
    for (int operation = 0; operation < OPERATIONS.size(); operation++) {
      for (int size = 1; size < sizes.size(); size++) {
        rows.add(
            new Row(
                title(OPERATIONS.get(operation), rounds.sizes().get(size)),
                sizes.get(size).get(operation),
                sizes.get(0).get(operation),
                Goal.atLeast(GOAL)));
      }
    }
    return rows;
  }

  private static String title(String operation, int size) {
    return "%s, %,d orders and products".formatted(operation, size);
  }

  private List<Series> at(int size) {
    orders.removeAll();
    catalogue.growTo(size);
    write(size);
    List<Question.Source> questions = questions();
    List<LoadSide> sides =
        IntStream.range(0, questions.size())
            .mapToObj(i -> up.side(name(i, size), CONNECTIONS, questions.get(i)))
            .toList();
    try {
      if (size == rounds.sizes().get(0)) {
        sides.forEach(side -> side.startedCold(rounds.cold()).close());
      }
      List<Series> series = new ArrayList<>(Contest.hold(rounds, sides));
      series.add(placing(size));
      return series;
    } finally {
      sides.forEach(Side::close);
    }
  }

  private static String name(int operation, int size) {
    return "%s, %,d".formatted(OPERATIONS.get(operation), size);
  }

  /** In the order of the operations; what is bought changes the answers, so that comes last. */
  private List<Question.Source> questions() {
    Shop shop = up.shop();
    return List.of(
        this::anyProduct,
        Reads.of(shop.port(), searches(some(catalogue.collections())), ""),
        Reads.of(shop.port(), searches(Shop.THINGS), ""),
        Reads.of(shop.port(), List.of(LIST), ""),
        Reads.of(shop.port(), List.of("/v1/orders?limit=20"), shop.reader()));
  }

  /** With a token, so that the gateway asks the service. */
  private Question anyProduct() {
    List<String> products = catalogue.products();
    String id = products.get(ThreadLocalRandom.current().nextInt(products.size()));
    return Question.of(
        "GET",
        "/v1/products/" + id,
        Map.of("authorization", "Bearer " + up.shop().reader()),
        "",
        Question.has(200, "\"id\":\"" + id + "\""));
  }

  private static List<String> some(List<String> words) {
    return ThreadLocalRandom.current().ints(100, 0, words.size()).mapToObj(words::get).toList();
  }

  private static List<String> searches(List<String> words) {
    return words.stream().map(word -> LIST + "&q=" + word).toList();
  }

  private Series placing(int size) {
    NewOrders placed = new NewOrders(catalogue.products(), up.shop().customers());
    LoadSide placing =
        up.orderSide(name(OPERATIONS.size() - 1, size), OrderJobs.CONNECTIONS, placed);
    try (SameSize side = new SameSize(up, placing, placed, () -> restore(size))) {
      return Contest.hold(rounds, List.of(side)).get(0);
    }
  }

  private void restore(int size) {
    if (up.orders() > MOST_MORE * size) {
      orders.removeAll();
      write(size);
    }
  }

  /** A tenth of the least size is one customer's, whatever the size. */
  private void write(int size) {
    UUID reader = UUID.fromString(up.shop().subjectOfReader());
    orders.write(size, reader, rounds.sizes().get(0) / 10);
    up.tidy();
  }
}
