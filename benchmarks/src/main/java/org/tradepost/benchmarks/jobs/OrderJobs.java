package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.BenchFailure;
import org.tradepost.benchmarks.measure.BestOf;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.PlainClient;
import org.tradepost.benchmarks.subjects.PlainOrders;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.workload.NewOrders;
import org.tradepost.benchmarks.workload.Shop;

/** Orders through one JVM: how many, of how few products, and how long one waits. */
final class OrderJobs {
  private OrderJobs() {}

  /** Of a thousand products, beside a plain client of the database. */
  static List<Row> place(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running up = stage.up();
    Side plain = PlainClient.atItsBest(new PlainOrders(Shop.PRODUCTS), up.server());
    List<Series> series = compare(up, rounds, List.of(plain));
    return List.of(
        new Row(
            "place an order, 1,000 products, one JVM",
            series.get(0),
            series.get(1),
            Goal.atLeast(2)));
  }

  /** The same beside the peer, one JVM beside one JVM. */
  static List<Row> peer(Stage stage, Rounds rounds) {
    Running up = stage.up();
    List<Series> series = compare(up, rounds, List.of(stage.peer().orderSide()));
    return List.of(
        new Row(
            "place an order, 1,000 products, one JVM",
            series.get(0),
            series.get(1),
            Goal.atLeast(4)));
  }

  /** Our own side, and then the others; which are closed. */
  static List<Series> compare(Running running, Rounds rounds, List<Side> others) {
    NewOrders orders = new NewOrders(running.shop().products(), running.shop().customers());
    long before = running.orders();
    List<Side> sides = new ArrayList<>();
    try {
      sides.add(running.orderSide(Running.ORDER_CONNECTIONS, orders));
      sides.addAll(others);
      List<Series> series = Contest.hold(rounds, sides);
      requireAll(orders.placed(), running.orders() - before);
      return series;
    } finally {
      sides.forEach(Side::close);
    }
  }

  /** What was acknowledged and what there is are two things that somebody has counted. */
  static void requireAll(long acknowledged, long there) {
    if (acknowledged != there) {
      throw new BenchFailure(
          String.format(
              Locale.ROOT, "%d orders were acknowledged, and there are %d.", acknowledged, there));
    }
  }

  /** The same where some requests fail: whether those took effect is unknown. */
  static void requireNoneLost(long acknowledged, long there) {
    requireAll(acknowledged, Math.min(acknowledged, there));
  }

  /** Of one product, which everybody wants. */
  static List<Row> hot(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running up = stage.up();
    Shop shop = up.shop();
    NewOrders hot = new NewOrders(shop.products().subList(0, 1), shop.customers());
    NewOrders spread = new NewOrders(shop.products(), shop.customers());
    long before = up.orders();
    try (LoadSide ownHot = up.orderSide(Running.ORDER_CONNECTIONS, hot);
        LoadSide ownSpread = up.orderSide(Running.ORDER_CONNECTIONS, spread);
        BestOf plain = PlainClient.atItsBest(new PlainOrders(1), up.server())) {
      List<Series> series = Contest.hold(rounds, List.of(ownHot, ownSpread, plain));
      requireAll(hot.placed() + spread.placed(), up.orders() - before);
      return List.of(
          new Row("place an order, one hot product", series.get(0), series.get(2), Goal.atLeast(8)),
          new Row(
              "the same, beside 1,000 products", series.get(0), series.get(1), Goal.atLeast(0.9)));
    }
  }

  /** Alone, and among others at half of the peak. */
  static List<Row> latency(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running up = stage.up();
    NewOrders orders = new NewOrders(up.shop().products(), up.shop().customers());
    try (LoadSide half =
            up.orderSide(Running.ORDER_CONNECTIONS, orders).atHalfOfPeak().comparing(Figure.P99);
        LoadSide alone = up.orderSide(1, orders).comparing(Figure.P50);
        Side plain = PlainClient.alone(new PlainOrders(Shop.PRODUCTS), up.server())) {
      List<Series> series = Contest.hold(rounds, List.of(half, alone, plain));
      return List.of(
          new Row("order latency, one client", series.get(1), series.get(2), Goal.atMost(3)),
          new Row(
              "order latency at half of the peak, open model",
              series.get(0),
              series.get(1),
              Goal.atMost(6)));
    }
  }
}
