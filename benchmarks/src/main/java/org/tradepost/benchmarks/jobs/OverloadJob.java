package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.load.ArrivalSchedule;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.machine.ProcessorSplit;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.LoadResult;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Deployment;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;

/**
 * Sends several times as many orders as can be placed, by an open model. Measures how many are
 * placed, how long those take, and how many are placed right afterwards. Reports how many of the
 * others were rejected, as they should be, and how many failed.
 *
 * <p>The services and their databases have their own processors. The gateway, as if deployed apart,
 * shares the others with the load generator. Sending and rejecting requests therefore takes no
 * processor time from the orders.
 */
record OverloadJob(
    HttpClients clients, MeasurementPlan plan, LongAdder rejected, ProcessorSplit processors) {
  /**
   * Several times as many as a gateway lets through. A request waits for a free connection, and its
   * latency includes that wait.
   */
  private static final int CONNECTIONS = 2_000;

  private static final List<Integer> TIMES_THE_PEAK = List.of(2, 5);
  private static final double CALM = 0.8;
  private static final int ROUNDS_OF_CALM = 4;
  private static final int ROUNDS_OF_FLOOD = 12;
  private static final String REJECTED = "503";
  private static final String OVERLOADED = "\"code\":\"OVERLOADED\"";

  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var cluster = testBed.running(Deployment.CLUSTER_GATEWAY_APART);
    var orders = cluster.shop().anyOrders();
    var rejected = new LongAdder();
    var before = cluster.orders();
    LoadRequest.Source counted = () -> orders.next().counting(OverloadJob::isRejected, rejected);
    try (var processors = ProcessorSplit.confineGenerator();
        var clients = new HttpClients(CONNECTIONS, cluster.tradepost().port(), counted)) {
      var rows = new OverloadJob(clients, plan, rejected, processors).rows();
      OrderJobs.requireNoneLost(orders.placed(), cluster.orders() - before);
      return rows;
    }
  }

  private static boolean isRejected(String fault) {
    return fault.startsWith(REJECTED) && fault.contains(OVERLOADED);
  }

  /** Measures the peak before and after each flood, since databases get slower as they fill. */
  private List<Comparison> rows() {
    var rows = new ArrayList<Comparison>();
    var before = closedRounds();
    var capacity = peak(before).median();
    var calm = one("open model, 80 % of it", Metric.P99, open(CALM * capacity, ROUNDS_OF_CALM));
    for (var times : TIMES_THE_PEAK) {
      var name = String.format(Locale.ROOT, "%d times the peak", times);
      rejected.reset();
      var flood = open(times * peak(before).median(), ROUNDS_OF_FLOOD);
      var remark = remark(name, flood);
      var firstAfter = closed();
      var after = closedRounds();
      var peak = peak(Stream.concat(before.stream(), after.stream()).toList());
      rows.add(
          new Comparison(
              "orders placed at " + name,
              one("open model, " + name, Metric.RATE, flood),
              peak,
              Goal.atLeast(0.85),
              List.of(remark)));
      rows.add(
          new Comparison(
              "how long they take at " + name,
              one("open model, " + name, Metric.P99, flood),
              calm,
              Goal.atMost(3)));
      rows.add(
          new Comparison(
              "orders placed in the seconds after " + name,
              one("closed again", Metric.RATE, firstAfter),
              peak,
              Goal.atLeast(0.9)));
      before = after;
    }
    return rows;
  }

  private Series peak(List<Sample> samples) {
    return new Series(
        String.format(
            Locale.ROOT,
            "place an order (services and databases on %s, %d connections)",
            processors.text(),
            RunningTradepost.ORDER_CONNECTIONS),
        Metric.RATE,
        samples);
  }

  private List<Sample> closedRounds() {
    return IntStream.range(0, plan.count()).mapToObj(round -> Sample.of(closed().rate())).toList();
  }

  private LoadResult closed() {
    return ClosedLoop.run(
        clients.all().subList(0, RunningTradepost.ORDER_CONNECTIONS), plan.time());
  }

  private LoadResult open(double rate, int times) {
    var time = plan.time().multipliedBy(times);
    return OpenLoop.run(clients.all(), ArrivalSchedule.poisson(rate, time, times), time);
  }

  private String remark(String name, LoadResult flood) {
    var overloaded = rejected.sum();
    return String.format(
        Locale.ROOT,
        "%s: %,d orders placed in %.0f s, %,d rejected as OVERLOADED, %,d failed%s",
        name,
        flood.correct(),
        flood.seconds(),
        overloaded,
        flood.failed() - overloaded,
        otherFault(flood).map(fault -> ", one of them: " + fault).orElse(""));
  }

  private static Optional<String> otherFault(LoadResult flood) {
    return flood.faults().stream().filter(fault -> !isRejected(fault)).findFirst();
  }

  private static Series one(String name, Metric metric, LoadResult load) {
    return Series.one(name, metric, metric.of(load));
  }
}
