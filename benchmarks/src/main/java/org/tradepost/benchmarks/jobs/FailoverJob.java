package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.load.RovingClients;
import org.tradepost.benchmarks.load.Schedule;
import org.tradepost.benchmarks.machine.BenchFailure;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Load;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.workload.Mix;
import org.tradepost.benchmarks.workload.NewOrders;

/**
 * Half of what two of every service can do, by an open model, while one of them is killed and
 * started again, while all are restarted one after another, and while instances are added and taken
 * away: how many requests fail, and how long they take. A connection that is reset in the middle of
 * a request has failed it; nothing is asked twice.
 */
final class FailoverJob {
  private static final int CONNECTIONS = 256;
  private static final List<String> KILLED = List.of("product", "order", "auth");
  private static final int TIMES_KILLED = 3;
  private static final int TIMES_ROLLED = 2;
  private static final int ROUNDS_OF_CALM = 4;

  /** A new instance has its part of the load when it has served so many requests, in so long. */
  private static final int SERVED = 100;

  private static final double SECONDS_UNTIL_SERVED = 5;

  /** How long the others have to do without the one that was killed. */
  private static final Duration ALONE = Duration.ofSeconds(5);

  private final Running pairs;
  private final RovingClients clients;
  private final Rounds rounds;
  private final double rate;
  private long seed;

  private FailoverJob(Running pairs, RovingClients clients, Rounds rounds, double rate) {
    this.pairs = pairs;
    this.clients = clients;
    this.rounds = rounds;
    this.rate = rate;
  }

  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running pairs = stage.pairs();
    NewOrders orders = new NewOrders(pairs.shop().products(), pairs.shop().customers());
    long before = pairs.orders();
    Mix mix = new Mix(pairs.shop(), orders);
    try (RovingClients clients =
        new RovingClients(CONNECTIONS, pairs.tradepost().gateways(), mix)) {
      ClosedLoop.run(clients.all(), rounds.warmUp());
      Series peak =
          new Series(
              String.format(
                  Locale.ROOT, "a mix of requests (two of each, %d connections)", CONNECTIONS),
              Figure.RATE,
              IntStream.range(0, rounds.count())
                  .mapToObj(round -> Sample.of(ClosedLoop.run(clients.all(), rounds.time()).rate()))
                  .toList());
      List<Row> rows = new FailoverJob(pairs, clients, rounds, peak.median() / 2).rows(peak);
      OrderJobs.requireNoneLost(orders.placed(), pairs.orders() - before);
      return rows;
    }
  }

  private List<Row> rows(Series peak) {
    Load calm = repeat(ROUNDS_OF_CALM, this::open);
    List<Row> rows = new ArrayList<>();
    rows.add(failures("nothing happens", calm, peak));
    for (String service : KILLED) {
      String when = "one of two of " + service + " is killed";
      rows.addAll(
          compare(when, repeat(TIMES_KILLED, () -> during(() -> killOneOf(service))), calm, peak));
    }
    Runnable roll = () -> pairs.tradepost().command("roll");
    rows.addAll(
        compare(
            "all are restarted one after another",
            repeat(TIMES_ROLLED, () -> during(roll)),
            calm,
            peak));
    rows.addAll(scaling(calm, peak));
    return rows;
  }

  private List<Row> scaling(Load calm, Series peak) {
    List<Sample> seconds = new ArrayList<>();
    Load load = during(() -> scale("order=1"));
    for (int instances : List.of(2, 3)) {
      load =
          load.plus(
              during(
                  () ->
                      seconds.add(
                          Sample.of(
                              pairs.tradepost().secondsUntilServing("order", instances, SERVED)))));
    }
    load = load.plus(during(() -> scale("order=2")));
    List<Row> rows =
        new ArrayList<>(compare("order goes to one, two, three and two", load, calm, peak));
    rows.add(
        new Row(
            String.format(Locale.ROOT, "until a new one has served %d requests", SERVED),
            new Series("since it is ready", Figure.SECONDS, seconds),
            Series.one("what was hoped for", Figure.SECONDS, SECONDS_UNTIL_SERVED),
            Goal.atMost(1)));
    return rows;
  }

  private void scale(String instances) {
    pairs.tradepost().command("scale", instances);
  }

  private static Load repeat(int times, Supplier<Load> load) {
    return Stream.generate(load).limit(times).reduce(Load::plus).orElseThrow();
  }

  private void killOneOf(String service) {
    pairs.tradepost().members(service).get(0).destroyForcibly();
    try {
      TimeUnit.MILLISECONDS.sleep(ALONE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", e);
    }
    scale(service + "=2");
  }

  /** Asks from before it happens until after it. */
  private Load during(Runnable happening) {
    Load load = open();
    CompletableFuture<Void> happened = CompletableFuture.runAsync(happening);
    while (!happened.isDone()) {
      load = load.plus(open());
    }
    happened.join();
    return load.plus(open());
  }

  private Load open() {
    return OpenLoop.run(
        clients.all(), Schedule.poisson(rate, rounds.time(), seed++), rounds.time());
  }

  private static List<Row> compare(String when, Load load, Load calm, Series peak) {
    return List.of(
        failures(when, load, peak),
        new Row("how long they take", wait(when, load), wait("nothing happens", calm), Goal.NONE));
  }

  private static Row failures(String when, Load load, Series peak) {
    return new Row(
        "requests that fail while " + when,
        Series.one("failed", Figure.COUNT, (double) load.wrong()),
        Series.one(
            "all requests, at half of " + peak.text(),
            Figure.COUNT,
            (double) (load.wrong() + load.latencies().getTotalCount())),
        Goal.atMost(0),
        load.faults().stream().limit(1).map(fault -> when + ", one failure: " + fault).toList());
  }

  private static Series wait(String when, Load load) {
    return new Series("while " + when, Figure.P999, List.of(Sample.of(Figure.P999, load)));
  }
}
