package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.ArrivalSchedule;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.LoadResult;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.OrderRequests;
import org.tradepost.benchmarks.workload.ProductGenerator;
import org.tradepost.proof.rest.RestRequest;

/** The latency of searches while other clients place orders at half of the peak rate. */
final class SearchJob {
  private static final int CONNECTIONS = 32;
  private static final double SEARCHES_A_SECOND = 50;
  private static final double MOST_MILLIS = 50;

  /** Frequent and rare words, incomplete words, and misspelled words. */
  private static final List<String> TYPED =
      List.of(
          "mug",
          "blue+lamp",
          "bl",
          "kett",
          "grey+bas",
          "c00012",
          "BENCH-0042",
          "kettlr",
          "blonket");

  private SearchJob() {}

  /** Runs on a fresh Tradepost, to which it adds products. */
  static List<Comparison> run(TestBed stage, MeasurementPlan rounds) {
    stage.close();
    var up = stage.up();
    var catalogue = new ProductGenerator(up.server(), up.shop().products());
    var size = rounds.sizes().get(1);
    catalogue.growTo(size);
    up.tidy();
    var orders = new OrderRequests(catalogue.products(), up.shop().customers());
    var port = up.tradepost().port();
    try (var buyers = new HttpClients(RunningTradepost.ORDER_CONNECTIONS, port, orders);
        var shoppers = new HttpClients(CONNECTIONS, port, SearchJob::search)) {
      ClosedLoop.run(shoppers.all(), rounds.warmUp());
      ClosedLoop.run(buyers.all(), rounds.warmUp());
      var peak = ClosedLoop.run(buyers.all(), rounds.time()).rate();
      var placed = new ArrayList<Sample>();
      var searched = new ArrayList<Sample>();
      for (var round = 1; round <= rounds.count(); round++) {
        var schedule = ArrivalSchedule.poisson(peak / 2, rounds.time(), round);
        var placing =
            CompletableFuture.supplyAsync(
                () -> OpenLoop.run(buyers.all(), schedule, rounds.time()));
        searched.add(Sample.of(Metric.P99, search(shoppers, rounds, round)));
        placed.add(Sample.of(Metric.P99, placing.join()));
      }
      return rows(size, searched, placed);
    }
  }

  private static LoadResult search(HttpClients shoppers, MeasurementPlan rounds, int seed) {
    var schedule = ArrivalSchedule.poisson(SEARCHES_A_SECOND, rounds.time(), seed);
    return OpenLoop.run(shoppers.all(), schedule, rounds.time());
  }

  private static List<Comparison> rows(int size, List<Sample> searched, List<Sample> placed) {
    var searches = new Series("search with facets, 50/s, open model", Metric.P99, searched);
    var orders = new Series("orders at half of the peak, open model", Metric.P99, placed);
    var most = Series.one("the goal", Metric.P99, MOST_MILLIS);
    var title = String.format(Locale.ROOT, "search with facets beside orders, %,d products", size);
    return List.of(
        new Comparison(title, searches, most, Goal.atMost(1)),
        new Comparison("the orders meanwhile", orders, most, Goal.NONE));
  }

  private static LoadRequest search() {
    var typed = TYPED.get(ThreadLocalRandom.current().nextInt(TYPED.size()));
    return LoadRequest.of(
        RestRequest.get("/v1/products?limit=20&facets=true&q=" + typed),
        LoadRequest.has(200, "{\"items\":[{", "\"facets\":{"));
  }
}
