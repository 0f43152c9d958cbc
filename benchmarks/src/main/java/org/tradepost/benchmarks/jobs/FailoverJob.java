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
import org.tradepost.benchmarks.load.ArrivalSchedule;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.FailoverClients;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.machine.MeasurementFailure;
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
import org.tradepost.benchmarks.workload.OrderRequests;
import org.tradepost.benchmarks.workload.RequestMix;

/**
 * Half of what two of every service can do, by an open model, while one of them is killed and
 * started again, while all are restarted one after another, and while instances are added and
 * removed: how many requests fail, and how long they take. A connection that is reset in the middle
 * of a request has failed it; no request is sent twice.
 */
final class FailoverJob {
  private static final int CONNECTIONS = 256;
  private static final List<String> KILLED = List.of("product", "order", "auth");
  private static final int TIMES_KILLED = 3;
  private static final int TIMES_ROLLED = 2;
  private static final int ROUNDS_OF_CALM = 4;

  /**
   * A new instance has its share of the load when it has served so many requests, in so many
   * seconds.
   */
  private static final int SERVED = 100;

  private static final double SECONDS_UNTIL_SERVED = 5;

  /** How long the others run without the killed one. */
  private static final Duration ALONE = Duration.ofSeconds(5);

  private final RunningTradepost pairs;
  private final FailoverClients clients;
  private final MeasurementPlan rounds;
  private final double rate;
  private long seed;

  private FailoverJob(
      RunningTradepost pairs, FailoverClients clients, MeasurementPlan rounds, double rate) {
    this.pairs = pairs;
    this.clients = clients;
    this.rounds = rounds;
    this.rate = rate;
  }

  static List<Comparison> run(TestBed stage, MeasurementPlan rounds) {
    stage.stopPeer();
    RunningTradepost pairs = stage.running(Deployment.PAIRS);
    OrderRequests orders = pairs.shop().anyOrders();
    long before = pairs.orders();
    RequestMix mix = new RequestMix(pairs.shop(), orders);
    try (FailoverClients clients =
        new FailoverClients(CONNECTIONS, pairs.tradepost().gateways(), mix)) {
      ClosedLoop.run(clients.all(), rounds.warmUp());
      Series peak =
          new Series(
              String.format(
                  Locale.ROOT, "a mix of requests (two of each, %d connections)", CONNECTIONS),
              Metric.RATE,
              IntStream.range(0, rounds.count())
                  .mapToObj(round -> Sample.of(ClosedLoop.run(clients.all(), rounds.time()).rate()))
                  .toList());
      List<Comparison> rows = new FailoverJob(pairs, clients, rounds, peak.median() / 2).rows(peak);
      OrderJobs.requireNoneLost(orders.placed(), pairs.orders() - before);
      return rows;
    }
  }

  private List<Comparison> rows(Series peak) {
    LoadResult calm = repeat(ROUNDS_OF_CALM, this::open);
    List<Comparison> rows = new ArrayList<>();
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

  private List<Comparison> scaling(LoadResult calm, Series peak) {
    List<Sample> seconds = new ArrayList<>();
    LoadResult load = during(() -> scale("order=1"));
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
    List<Comparison> rows =
        new ArrayList<>(compare("order goes to one, two, three and two", load, calm, peak));
    rows.add(
        new Comparison(
            String.format(Locale.ROOT, "until a new one has served %d requests", SERVED),
            new Series("since it is ready", Metric.SECONDS, seconds),
            Series.one("what was hoped for", Metric.SECONDS, SECONDS_UNTIL_SERVED),
            Goal.atMost(1)));
    return rows;
  }

  private void scale(String instances) {
    pairs.tradepost().command("scale", instances);
  }

  private static LoadResult repeat(int times, Supplier<LoadResult> load) {
    return Stream.generate(load).limit(times).reduce(LoadResult::plus).orElseThrow();
  }

  private void killOneOf(String service) {
    pairs.tradepost().members(service).get(0).destroyForcibly();
    try {
      TimeUnit.MILLISECONDS.sleep(ALONE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementFailure("Interrupted.", e);
    }
    scale(service + "=2");
  }

  /** Sends requests from before the event until after it. */
  private LoadResult during(Runnable happening) {
    LoadResult load = open();
    CompletableFuture<Void> happened = CompletableFuture.runAsync(happening);
    while (!happened.isDone()) {
      load = load.plus(open());
    }
    happened.join();
    return load.plus(open());
  }

  private LoadResult open() {
    return OpenLoop.run(
        clients.all(), ArrivalSchedule.poisson(rate, rounds.time(), seed++), rounds.time());
  }

  private static List<Comparison> compare(
      String when, LoadResult load, LoadResult calm, Series peak) {
    return List.of(
        failures(when, load, peak),
        new Comparison(
            "how long they take", wait(when, load), wait("nothing happens", calm), Goal.NONE));
  }

  private static Comparison failures(String when, LoadResult load, Series peak) {
    return new Comparison(
        "requests that fail while " + when,
        Series.one("failed", Metric.COUNT, (double) load.wrong()),
        Series.one(
            "all requests, at half of " + peak.text(),
            Metric.COUNT,
            (double) (load.wrong() + load.latencies().getTotalCount())),
        Goal.atMost(0),
        load.faults().stream().limit(1).map(fault -> when + ", one failure: " + fault).toList());
  }

  private static Series wait(String when, LoadResult load) {
    return new Series("while " + when, Metric.P999, List.of(Sample.of(Metric.P999, load)));
  }
}
