package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.load.Question;
import org.tradepost.benchmarks.machine.BenchFailure;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.PartialFailure;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.workload.Catalogue;
import org.tradepost.benchmarks.workload.NewOrders;
import org.tradepost.benchmarks.workload.PastOrders;
import org.tradepost.benchmarks.workload.Reads;
import org.tradepost.benchmarks.workload.Shop;

/** The same operations on ten and on a hundred times as many orders and products. */
final class GrowthJob {
  /** Enough for the cores, and few enough that even slow answers come in time. */
  private static final int CONNECTIONS = 16;

  private static final double MOST_MORE = 1.2;
  private static final double GOAL = 0.8;
  private static final String LIST = "/v1/products?limit=20";
  private static final String PLACE = "place an order";

  private final Running up;
  private final Rounds rounds;
  private final Catalogue catalogue;
  private final PastOrders orders;
  private final List<String> failures = new ArrayList<>();

  private GrowthJob(Running up, Rounds rounds) {
    this.up = up;
    this.rounds = rounds;
    this.catalogue = new Catalogue(up.server(), up.shop().products());
    this.orders = new PastOrders(up.server(), catalogue.products());
  }

  /**
   * On a Tradepost of its own, since it grows.
   *
   * @throws PartialFailure with all that could be measured, if something could not
   */
  static List<Row> run(Stage stage, Rounds rounds) {
    stage.close();
    GrowthJob job = new GrowthJob(stage.up(), rounds);
    Map<Integer, Map<String, Series>> sizes = new LinkedHashMap<>();
    rounds.sizes().forEach(size -> sizes.put(size, job.at(size)));
    Map<String, Series> least = sizes.remove(rounds.sizes().get(0));
    List<Row> rows = new ArrayList<>();
    least.forEach(
        (operation, reference) ->
            sizes.forEach(
                (size, series) ->
                    Optional.ofNullable(series.get(operation))
                        .map(own -> row(operation, size, own, reference))
                        .ifPresent(rows::add)));
    if (!job.failures.isEmpty()) {
      throw new PartialFailure(String.join("; ", job.failures), rows);
    }
    return rows;
  }

  private static Row row(String operation, int size, Series own, Series reference) {
    String title = String.format(Locale.ROOT, "%s, %,d orders and products", operation, size);
    return new Row(title, own, reference, Goal.atLeast(GOAL));
  }

  /** What could be measured, by operation; what is bought changes answers, so that comes last. */
  private Map<String, Series> at(int size) {
    orders.removeAll();
    catalogue.growTo(size);
    write(size);
    Map<String, Series> series = new LinkedHashMap<>();
    questions()
        .forEach(
            (operation, source) ->
                measure(() -> reading(operation, size, source.get()))
                    .ifPresent(measured -> series.put(operation, measured)));
    measure(() -> placing(size)).ifPresent(measured -> series.put(PLACE, measured));
    return series;
  }

  private Optional<Series> measure(Supplier<Side> source) {
    try (Side side = source.get()) {
      return Optional.of(Contest.hold(rounds, List.of(side)).get(0));
    } catch (BenchFailure e) {
      failures.add(e.getMessage());
      up.awaitIdle();
      return Optional.empty();
    }
  }

  private Side reading(String operation, int size, Question.Source source) {
    LoadSide side = up.side(name(operation, size), CONNECTIONS, source);
    return size == rounds.sizes().get(0) ? side.startedCold(rounds.cold()) : side;
  }

  private static String name(String operation, int size) {
    return String.format(Locale.ROOT, "%s, %,d", operation, size);
  }

  private Map<String, Supplier<Question.Source>> questions() {
    Map<String, Supplier<Question.Source>> questions = new LinkedHashMap<>();
    questions.put("read a product", () -> this::anyProduct);
    questions.put("list products", () -> reads(List.of(LIST), ""));
    questions.put(
        "list my orders", () -> reads(List.of("/v1/orders?limit=20"), up.shop().reader()));
    questions.put("search, a tenth found", () -> searches(Shop.THINGS));
    questions.put("search, a hundred found", () -> searches(some(catalogue.collections())));
    return questions;
  }

  private Reads reads(List<String> paths, String token) {
    return Reads.of(up.shop().port(), paths, token);
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

  /** Of a busy database a page may be shorter than of an idle one, and then it says so. */
  private static Question.Source searches(List<String> words) {
    return () -> {
      String word = words.get(ThreadLocalRandom.current().nextInt(words.size()));
      return Question.of(
          "GET", LIST + "&q=" + word, Map.of(), "", Question.has(200, "{\"items\":["));
    };
  }

  private Side placing(int size) {
    NewOrders placed = new NewOrders(catalogue.products(), up.shop().customers());
    LoadSide placing = up.orderSide(name(PLACE, size), Running.ORDER_CONNECTIONS, placed);
    return new SameSize(up, placing, placed, () -> restore(size));
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
