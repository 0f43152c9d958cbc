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
  private static final double MAX_P99_MILLIS = 50;

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
  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    testBed.close();
    var up = testBed.up();
    var catalogue = new ProductGenerator(up.server(), up.shop().products());
    var size = plan.sizes().get(1);
    catalogue.growTo(size);
    up.tidy();
    var orders = new OrderRequests(catalogue.products(), up.shop().customerTokens());
    var port = up.tradepost().port();
    try (var buyers = new HttpClients(RunningTradepost.ORDER_CONNECTIONS, port, orders);
        var shoppers = new HttpClients(CONNECTIONS, port, SearchJob::search)) {
      ClosedLoop.run(shoppers.all(), plan.warmUp());
      ClosedLoop.run(buyers.all(), plan.warmUp());
      var peak = ClosedLoop.run(buyers.all(), plan.time()).rate();
      var placed = new ArrayList<Sample>();
      var searched = new ArrayList<Sample>();
      for (var round = 1; round <= plan.count(); round++) {
        var schedule = ArrivalSchedule.poisson(peak / 2, plan.time(), round);
        var placing =
            CompletableFuture.supplyAsync(() -> OpenLoop.run(buyers.all(), schedule, plan.time()));
        searched.add(Sample.of(Metric.P99, search(shoppers, plan, round)));
        placed.add(Sample.of(Metric.P99, placing.join()));
      }
      return rows(size, searched, placed);
    }
  }

  private static LoadResult search(HttpClients shoppers, MeasurementPlan plan, int seed) {
    var schedule = ArrivalSchedule.poisson(SEARCHES_A_SECOND, plan.time(), seed);
    return OpenLoop.run(shoppers.all(), schedule, plan.time());
  }

  private static List<Comparison> rows(int size, List<Sample> searched, List<Sample> placed) {
    var searches = new Series("search with facets, 50/s, open model", Metric.P99, searched);
    var orders = new Series("orders at half of the peak, open model", Metric.P99, placed);
    var goal = Series.one("the goal", Metric.P99, MAX_P99_MILLIS);
    var title = String.format(Locale.ROOT, "search with facets beside orders, %,d products", size);
    return List.of(
        new Comparison(title, searches, goal, Goal.atMost(1)),
        new Comparison("the orders meanwhile", orders, goal, Goal.NONE));
  }

  private static LoadRequest search() {
    var typed = TYPED.get(ThreadLocalRandom.current().nextInt(TYPED.size()));
    return LoadRequest.of(
        RestRequest.get("/v1/products?limit=20&facets=true&q=" + typed),
        LoadRequest.has(200, "{\"items\":[{", "\"facets\":{"));
  }
}
