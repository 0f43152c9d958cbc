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
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.PartialMeasurement;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.benchmarks.workload.OrderGenerator;
import org.tradepost.benchmarks.workload.OrderRequests;
import org.tradepost.benchmarks.workload.ProductGenerator;
import org.tradepost.benchmarks.workload.ReadRequests;
import org.tradepost.proof.rest.RestRequest;

/** The same operations with ten and a hundred times as many orders and products. */
final class GrowthJob {
  /** Enough to keep the cores busy, few enough that even slow responses arrive in time. */
  private static final int CONNECTIONS = 16;

  private static final double MAX_GROWTH = 1.2;
  private static final double GOAL = 0.8;
  private static final String LIST = "/v1/products?limit=20";
  private static final String PLACE = "place an order";

  private final RunningTradepost up;
  private final MeasurementPlan plan;
  private final ProductGenerator catalogue;
  private final OrderGenerator orders;
  private final List<String> failures = new ArrayList<>();

  private GrowthJob(RunningTradepost up, MeasurementPlan plan) {
    this.up = up;
    this.plan = plan;
    this.catalogue = new ProductGenerator(up.server(), up.shop().products());
    this.orders = new OrderGenerator(up.server(), catalogue.products());
  }

  /**
   * Runs on a fresh Tradepost, since its data grows.
   *
   * @throws PartialMeasurement if something could not be measured; it has the other results
   */
  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    testBed.close();
    var job = new GrowthJob(testBed.up(), plan);
    var sizes = new LinkedHashMap<Integer, Map<String, Series>>();
    plan.sizes().forEach(size -> sizes.put(size, job.at(size)));
    var smallest = sizes.remove(plan.sizes().get(0));
    var rows = new ArrayList<Comparison>();
    smallest.forEach(
        (operation, reference) ->
            sizes.forEach(
                (size, series) ->
                    Optional.ofNullable(series.get(operation))
                        .map(own -> row(operation, size, own, reference))
                        .ifPresent(rows::add)));
    if (!job.failures.isEmpty()) {
      throw new PartialMeasurement(String.join("; ", job.failures), rows);
    }
    return rows;
  }

  private static Comparison row(String operation, int size, Series own, Series reference) {
    var title = String.format(Locale.ROOT, "%s, %,d orders and products", operation, size);
    return new Comparison(title, own, reference, Goal.atLeast(GOAL));
  }

  /**
   * Returns what could be measured, by operation. Orders change the responses of reads, so placing
   * them comes last.
   */
  private Map<String, Series> at(int size) {
    orders.removeAll();
    catalogue.growTo(size);
    write(size);
    var series = new LinkedHashMap<String, Series>();
    sources()
        .forEach(
            (operation, source) ->
                measure(() -> reading(operation, size, source.get()))
                    .ifPresent(measured -> series.put(operation, measured)));
    measure(() -> placing(size)).ifPresent(measured -> series.put(PLACE, measured));
    return series;
  }

  private Optional<Series> measure(Supplier<Side> source) {
    try (var side = source.get()) {
      return Optional.of(Rounds.measure(plan, List.of(side)).get(0));
    } catch (MeasurementFailure e) {
      failures.add(e.getMessage());
      up.awaitIdle();
      return Optional.empty();
    }
  }

  private Side reading(String operation, int size, LoadRequest.Source source) {
    var side = up.side(name(operation, size), CONNECTIONS, source);
    return size == plan.sizes().get(0) ? side.startedCold(plan.cold()) : side;
  }

  private static String name(String operation, int size) {
    return String.format(Locale.ROOT, "%s, %,d", operation, size);
  }

  private Map<String, Supplier<LoadRequest.Source>> sources() {
    var sources = new LinkedHashMap<String, Supplier<LoadRequest.Source>>();
    sources.put("read a product", () -> this::anyProduct);
    sources.put("list products", () -> reads(List.of(LIST), ""));
    sources.put(
        "list my orders", () -> reads(List.of("/v1/orders?limit=20"), up.shop().readerToken()));
    sources.put("search, a tenth found", () -> searches(BenchmarkShop.NOUNS));
    sources.put("search, a hundred found", () -> searches(some(catalogue.collections())));
    return sources;
  }

  private ReadRequests reads(List<String> paths, String token) {
    return ReadRequests.of(up.shop().port(), paths, token);
  }

  /** With a token, so that the gateway calls the service. */
  private LoadRequest anyProduct() {
    var products = catalogue.products();
    var id = products.get(ThreadLocalRandom.current().nextInt(products.size()));
    return LoadRequest.of(
        RestRequest.get("/v1/products/" + id).as(up.shop().readerToken()),
        LoadRequest.has(200, "\"id\":\"" + id + "\""));
  }

  private static List<String> some(List<String> words) {
    return ThreadLocalRandom.current().ints(100, 0, words.size()).mapToObj(words::get).toList();
  }

  /** Checks only how a page begins: a busy database may return a shorter page, marked as such. */
  private static LoadRequest.Source searches(List<String> words) {
    return () -> {
      var word = words.get(ThreadLocalRandom.current().nextInt(words.size()));
      return LoadRequest.of(
          RestRequest.get(LIST + "&q=" + word), LoadRequest.has(200, "{\"items\":["));
    };
  }

  private Side placing(int size) {
    var placed = new OrderRequests(catalogue.products(), up.shop().customerTokens());
    var placing = up.orderSide(name(PLACE, size), RunningTradepost.ORDER_CONNECTIONS, placed);
    return new ConstantSizeSide(up, placing, placed, () -> restore(size));
  }

  private void restore(int size) {
    if (up.orders() > MAX_GROWTH * size) {
      orders.removeAll();
      write(size);
    }
  }

  /** Writes the orders. One customer always has a tenth of the smallest size. */
  private void write(int size) {
    var reader = UUID.fromString(up.shop().subjectOfReader());
    orders.write(size, reader, plan.sizes().get(0) / 10);
    up.tidy();
  }
}
