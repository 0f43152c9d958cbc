package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.load.Question;
import org.tradepost.benchmarks.load.Schedule;
import org.tradepost.benchmarks.machine.Processors;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Load;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.workload.NewOrders;

/**
 * Several times as many orders as can be placed, by an open model: how many are placed, how long
 * those take, and how many are placed right after it. Of the others it is told how many were turned
 * away, as they should be, and how many failed.
 *
 * <p>The services and their databases have processors of their own. The gateway has the others, as
 * it has where it is deployed apart, with the generator: what it takes to turn requests away, and
 * to make them, is not taken from the orders.
 */
final class OverloadJob {
  /**
   * Several times as many as a gateway lets through. What finds none free waits, and that counts.
   */
  private static final int CONNECTIONS = 2_000;

  private static final List<Integer> TIMES_THE_PEAK = List.of(2, 5);
  private static final double CALM = 0.8;
  private static final int ROUNDS_OF_CALM = 4;
  private static final int ROUNDS_OF_FLOOD = 12;
  private static final String TURNED_AWAY = "503";
  private static final String OVERLOADED = "\"code\":\"OVERLOADED\"";

  private final HttpClients clients;
  private final Rounds rounds;
  private final LongAdder turnedAway;
  private final Processors processors;

  private OverloadJob(
      HttpClients clients, Rounds rounds, LongAdder turnedAway, Processors processors) {
    this.clients = clients;
    this.rounds = rounds;
    this.turnedAway = turnedAway;
    this.processors = processors;
  }

  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running cluster = stage.clusterParted();
    NewOrders orders = new NewOrders(cluster.shop().products(), cluster.shop().customers());
    LongAdder turnedAway = new LongAdder();
    long before = cluster.orders();
    Question.Source counted = () -> orders.next().counting(OverloadJob::isTurnedAway, turnedAway);
    try (Processors processors = Processors.parted();
        HttpClients clients = new HttpClients(CONNECTIONS, cluster.tradepost().port(), counted)) {
      List<Row> rows = new OverloadJob(clients, rounds, turnedAway, processors).rows();
      OrderJobs.requireNoneLost(orders.placed(), cluster.orders() - before);
      return rows;
    }
  }

  private static boolean isTurnedAway(String fault) {
    return fault.startsWith(TURNED_AWAY) && fault.contains(OVERLOADED);
  }

  /** Before and after each flood the peak is measured: databases get slower as they fill. */
  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<Sample> before = closedRounds();
    double capacity = peak(before).median();
    Series calm = one("open model, 80 % of it", Figure.P99, open(CALM * capacity, ROUNDS_OF_CALM));
    for (int times : TIMES_THE_PEAK) {
      String name = String.format(Locale.ROOT, "%d times the peak", times);
      turnedAway.reset();
      Load flood = open(times * peak(before).median(), ROUNDS_OF_FLOOD);
      String remark = remark(name, flood);
      Load firstAfter = closed();
      List<Sample> after = closedRounds();
      Series peak = peak(Stream.concat(before.stream(), after.stream()).toList());
      rows.add(
          new Row(
              "orders placed at " + name,
              one("open model, " + name, Figure.RATE, flood),
              peak,
              Goal.atLeast(0.85),
              List.of(remark)));
      rows.add(
          new Row(
              "how long they take at " + name,
              one("open model, " + name, Figure.P99, flood),
              calm,
              Goal.atMost(3)));
      rows.add(
          new Row(
              "orders placed in the seconds after " + name,
              one("closed again", Figure.RATE, firstAfter),
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
            Running.ORDER_CONNECTIONS),
        Figure.RATE,
        samples);
  }

  private List<Sample> closedRounds() {
    return IntStream.range(0, rounds.count())
        .mapToObj(round -> Sample.of(closed().rate()))
        .toList();
  }

  private Load closed() {
    return ClosedLoop.run(clients.all().subList(0, Running.ORDER_CONNECTIONS), rounds.time());
  }

  private Load open(double rate, int times) {
    Duration time = rounds.time().multipliedBy(times);
    return OpenLoop.run(clients.all(), Schedule.poisson(rate, time, times), time);
  }

  private String remark(String name, Load flood) {
    long refused = turnedAway.sum();
    return String.format(
        Locale.ROOT,
        "%s: %,d orders placed in %.0f s, %,d turned away as OVERLOADED, %,d failed%s",
        name,
        flood.right(),
        flood.seconds(),
        refused,
        flood.wrong() - refused,
        otherFault(flood).map(fault -> ", one of them: " + fault).orElse(""));
  }

  private static Optional<String> otherFault(Load flood) {
    return flood.faults().stream().filter(fault -> !isTurnedAway(fault)).findFirst();
  }

  private static Series one(String name, Figure figure, Load load) {
    return Series.one(name, figure, figure.of(load));
  }
}
