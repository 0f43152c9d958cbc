package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Rounds.Row;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.DatabaseReference;
import org.tradepost.benchmarks.subjects.OrderWork;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.benchmarks.workload.OrderRequests;

/** Orders through one JVM: throughput, contention for one product, and latency. */
final class OrderJobs {
  private static final String PLACE = "place an order, 1,000 products, one JVM";

  private OrderJobs() {}

  /** A thousand products, compared with a plain database client. */
  static List<Comparison> place(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var plain = DatabaseReference.atItsBest(new OrderWork(BenchmarkShop.PRODUCTS), up.server());
    return compare(up, plan, List.of(plain), new Row(PLACE, 0, 1, Goal.atLeast(2)));
  }

  /** The same, compared with the Spring Boot peer: one JVM each. */
  static List<Comparison> peer(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    return compare(
        up, plan, List.of(testBed.peer().orderSide()), new Row(PLACE, 0, 1, Goal.atLeast(4)));
  }

  /** Compares the sides: Tradepost has index 0 in the rows, the others follow. */
  static List<Comparison> compare(
      RunningTradepost running, MeasurementPlan plan, List<Side> others, Row... rows) {
    var orders = running.shop().anyOrders();
    var before = running.orders();
    var sides = new ArrayList<Side>(others);
    sides.add(0, running.orderSide(RunningTradepost.ORDER_CONNECTIONS, orders));
    var compared = Rounds.compare(plan, sides, rows);
    requireAll(orders.placed(), running.orders() - before);
    return compared;
  }

  /** Fails if the number of stored orders is not the number of acknowledged ones. */
  static void requireAll(long acknowledged, long stored) {
    if (acknowledged != stored) {
      throw new MeasurementFailure(
          String.format(
              Locale.ROOT,
              "%d orders were acknowledged, and %d are stored.",
              acknowledged,
              stored));
    }
  }

  /** Fails if fewer orders are stored than acknowledged. Failed requests may have taken effect. */
  static void requireNoneLost(long acknowledged, long stored) {
    requireAll(acknowledged, Math.min(acknowledged, stored));
  }

  /** Orders of a single product. */
  static List<Comparison> hot(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var shop = up.shop();
    var hot = new OrderRequests(shop.products().subList(0, 1), shop.customerTokens());
    var spread = shop.anyOrders();
    var before = up.orders();
    var rows =
        Rounds.compare(
            plan,
            List.of(
                up.orderSide(RunningTradepost.ORDER_CONNECTIONS, hot),
                up.orderSide(RunningTradepost.ORDER_CONNECTIONS, spread),
                DatabaseReference.atItsBest(new OrderWork(1), up.server())),
            new Row("place an order, one hot product", 0, 2, Goal.atLeast(8)),
            new Row("the same, beside 1,000 products", 0, 1, Goal.atLeast(0.9)));
    requireAll(hot.placed() + spread.placed(), up.orders() - before);
    return rows;
  }

  /** The latency of one client alone, and of many at half of the peak rate. */
  static List<Comparison> latency(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var orders = up.shop().anyOrders();
    return Rounds.compare(
        plan,
        List.of(
            up.orderSide(RunningTradepost.ORDER_CONNECTIONS, orders)
                .atHalfOfPeak()
                .comparing(Metric.P99),
            up.orderSide(1, orders).comparing(Metric.P50),
            DatabaseReference.alone(new OrderWork(BenchmarkShop.PRODUCTS), up.server())),
        new Row("order latency, one client", 1, 2, Goal.atMost(3)),
        new Row("order latency at half of the peak, open model", 0, 1, Goal.atMost(6)));
  }
}
