package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.OrderRequests;

/**
 * How fast orders are placed in the first minute after a start, when most code is not compiled yet,
 * compared with the rate after two minutes of the same load.
 */
final class WarmJob {
  /** Seconds since all services were ready. */
  private static final List<Integer> PERIODS = List.of(1, 5, 10, 30, 60);

  private static final int ALMOST_WARM = 110;
  private static final int WARM = 120;

  /** Goals by period, as shares of the warm rate. JDK 25 can start from cached profiles. */
  private static final Map<Integer, Goal> GOALS =
      Map.of(10, Goal.atLeast(Runtime.version().feature() >= 25 ? 0.5 : 0.25));

  private WarmJob() {}

  /** Leaves nothing running. */
  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var first = new TreeMap<Integer, List<Sample>>();
    var warm = new ArrayList<Sample>();
    for (var i = 0; i < plan.starts(); i++) {
      up.tradepost().secondsToStartAgain();
      var start = new Start(up);
      PERIODS.forEach(
          period ->
              first.computeIfAbsent(period, key -> new ArrayList<>()).add(start.rate(0, period)));
      warm.add(start.rate(ALMOST_WARM, WARM));
    }
    testBed.close();
    var reference = new Series("after two minutes", Metric.RATE, warm);
    return PERIODS.stream().map(seconds -> comparison(seconds, first, reference)).toList();
  }

  private static Comparison comparison(
      int seconds, Map<Integer, List<Sample>> first, Series reference) {
    return new Comparison(
        String.format(Locale.ROOT, "place an order, first %d s after ready", seconds),
        new Series("after a start", Metric.RATE, first.get(seconds)),
        reference,
        GOALS.getOrDefault(seconds, Goal.NONE));
  }

  /** One start: how many orders were placed by the end of each second. */
  private static final class Start {
    private final List<Long> placed = new ArrayList<>(List.of(0L));

    Start(RunningTradepost up) {
      var orders = up.shop().anyOrders();
      try (var clients =
          new HttpClients(RunningTradepost.ORDER_CONNECTIONS, up.tradepost().port(), orders)) {
        var load =
            CompletableFuture.supplyAsync(
                () -> ClosedLoop.run(clients.all(), Duration.ofSeconds(WARM)));
        count(orders);
        load.join();
      }
    }

    private void count(OrderRequests orders) {
      var start = System.nanoTime();
      for (var second = 1; second <= WARM; second++) {
        Await.pause(Duration.ofSeconds(second).minusNanos(System.nanoTime() - start));
        placed.add(orders.placed());
      }
    }

    /** Orders per second between two moments, given in seconds. */
    Sample rate(int from, int to) {
      return Sample.of((double) (placed.get(to) - placed.get(from)) / (to - from));
    }
  }
}
