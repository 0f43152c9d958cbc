package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Contest.Row;
import org.tradepost.benchmarks.measure.Contestant;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
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
  static List<Comparison> place(TestBed stage, MeasurementPlan rounds) {
    var up = stage.up();
    var plain = DatabaseReference.atItsBest(new OrderWork(BenchmarkShop.PRODUCTS), up.server());
    return compare(up, rounds, List.of(plain), new Row(PLACE, 0, 1, Goal.atLeast(2)));
  }

  /** The same, compared with the Spring Boot peer: one JVM each. */
  static List<Comparison> peer(TestBed stage, MeasurementPlan rounds) {
    var up = stage.up();
    return compare(
        up, rounds, List.of(stage.peer().orderSide()), new Row(PLACE, 0, 1, Goal.atLeast(4)));
  }

  /** Compares the sides: Tradepost has index 0 in the rows, the others follow. */
  static List<Comparison> compare(
      RunningTradepost running, MeasurementPlan rounds, List<Contestant> others, Row... rows) {
    var orders = running.shop().anyOrders();
    var before = running.orders();
    var sides = new ArrayList<Contestant>(others);
    sides.add(0, running.orderSide(RunningTradepost.ORDER_CONNECTIONS, orders));
    var compared = Contest.compare(rounds, sides, rows);
    requireAll(orders.placed(), running.orders() - before);
    return compared;
  }

  /** Fails if the number of stored orders is not the number of acknowledged ones. */
  static void requireAll(long acknowledged, long there) {
    if (acknowledged != there) {
      throw new MeasurementFailure(
          String.format(
              Locale.ROOT, "%d orders were acknowledged, and there are %d.", acknowledged, there));
    }
  }

  /** Fails if fewer orders are stored than acknowledged. Failed requests may have taken effect. */
  static void requireNoneLost(long acknowledged, long there) {
    requireAll(acknowledged, Math.min(acknowledged, there));
  }

  /** Orders of a single product. */
  static List<Comparison> hot(TestBed stage, MeasurementPlan rounds) {
    var up = stage.up();
    var shop = up.shop();
    var hot = new OrderRequests(shop.products().subList(0, 1), shop.customers());
    var spread = shop.anyOrders();
    var before = up.orders();
    var rows =
        Contest.compare(
            rounds,
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
  static List<Comparison> latency(TestBed stage, MeasurementPlan rounds) {
    var up = stage.up();
    var orders = up.shop().anyOrders();
    return Contest.compare(
        rounds,
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
