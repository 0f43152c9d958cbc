package org.tradepost.benchmarks.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.load.ArrivalSchedule;
import org.tradepost.benchmarks.load.ClosedLoop;
import org.tradepost.benchmarks.load.FailoverClients;
import org.tradepost.benchmarks.load.OpenLoop;
import org.tradepost.benchmarks.machine.Await;
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
import org.tradepost.benchmarks.workload.RequestMix;

/**
 * Measures how many requests fail, and how long they take, while one of two instances is killed and
 * started again, while all are restarted one after another, and while instances are added and
 * removed. An open model sends half of what two of every service can serve. A reset connection
 * fails its request; no request is sent twice.
 */
final class FailoverJob {
  private static final int CONNECTIONS = 256;
  private static final int ROUNDS_OF_CALM = 4;

  /** A new instance should serve this many requests within {@link #SECONDS_UNTIL_SERVED}. */
  private static final int SERVED = 100;

  private static final double SECONDS_UNTIL_SERVED = 5;

  /** How long the other instance runs alone after a kill. */
  private static final Duration DOWNTIME = Duration.ofSeconds(5);

  private final RunningTradepost pairs;
  private final FailoverClients clients;
  private final MeasurementPlan plan;
  private final double rate;
  private long seed;

  private FailoverJob(
      RunningTradepost pairs, FailoverClients clients, MeasurementPlan plan, double rate) {
    this.pairs = pairs;
    this.clients = clients;
    this.plan = plan;
    this.rate = rate;
  }

  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var pairs = testBed.running(Deployment.PAIRS);
    var orders = pairs.shop().anyOrders();
    var before = pairs.orders();
    var mix = new RequestMix(pairs.shop(), orders);
    try (var clients = new FailoverClients(CONNECTIONS, pairs.tradepost().gateways(), mix)) {
      ClosedLoop.run(clients.all(), plan.warmUp());
      var peak =
          new Series(
              String.format(
                  Locale.ROOT, "a mix of requests (two of each, %d connections)", CONNECTIONS),
              Metric.RATE,
              IntStream.range(0, plan.count())
                  .mapToObj(round -> Sample.of(ClosedLoop.run(clients.all(), plan.time()).rate()))
                  .toList());
      var rows = new FailoverJob(pairs, clients, plan, peak.median() / 2).rows(peak);
      OrderJobs.requireNoneLost(orders.placed(), pairs.orders() - before);
      return rows;
    }
  }

  private List<Comparison> rows(Series peak) {
    var calm = repeat(ROUNDS_OF_CALM, this::open);
    var rows = new ArrayList<Comparison>();
    rows.add(failures("nothing happens", calm, peak));
    for (var event : events()) {
      var load = repeat(event.times(), () -> during(event.happening()));
      rows.addAll(compare(event.when(), load, calm, peak));
    }
    rows.addAll(scaling(calm, peak));
    return rows;
  }

  private record Event(String when, int times, Runnable happening) {}

  private List<Event> events() {
    return List.of(
        killed("product"),
        killed("order"),
        killed("auth"),
        new Event(
            "all are restarted one after another", 2, () -> pairs.tradepost().command("roll")));
  }

  private Event killed(String service) {
    return new Event("one of two of " + service + " is killed", 3, () -> killOneOf(service));
  }

  private List<Comparison> scaling(LoadResult calm, Series peak) {
    var seconds = new ArrayList<Sample>();
    var load = during(() -> scale("order=1"));
    for (var instances : List.of(2, 3)) {
      load = load.plus(during(() -> seconds.add(secondsUntilServed(instances))));
    }
    load = load.plus(during(() -> scale("order=2")));
    var rows =
        new ArrayList<Comparison>(
            compare("order goes to one, two, three and two", load, calm, peak));
    rows.add(
        new Comparison(
            String.format(Locale.ROOT, "until a new one has served %d requests", SERVED),
            new Series("since it is ready", Metric.SECONDS, seconds),
            Series.one("what was hoped for", Metric.SECONDS, SECONDS_UNTIL_SERVED),
            Goal.atMost(1)));
    return rows;
  }

  private Sample secondsUntilServed(int instances) {
    return Sample.of(pairs.tradepost().secondsUntilServing("order", instances, SERVED));
  }

  private void scale(String instances) {
    pairs.tradepost().command("scale", instances);
  }

  private static LoadResult repeat(int times, Supplier<LoadResult> load) {
    return Stream.generate(load).limit(times).reduce(LoadResult::plus).orElseThrow();
  }

  private void killOneOf(String service) {
    pairs.tradepost().members(service).stream()
        .findFirst()
        .orElseThrow(
            () -> new MeasurementFailure("No process of " + service + " is found in /proc."))
        .destroyForcibly();
    Await.pause(DOWNTIME);
    scale(service + "=2");
  }

  /** Sends requests from before the event until after it. */
  private LoadResult during(Runnable happening) {
    var load = open();
    var happened = CompletableFuture.runAsync(happening);
    while (!happened.isDone()) {
      load = load.plus(open());
    }
    happened.join();
    return load.plus(open());
  }

  private LoadResult open() {
    return OpenLoop.run(
        clients.all(), ArrivalSchedule.poisson(rate, plan.time(), seed++), plan.time());
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
        Series.one("failed", Metric.COUNT, (double) load.failed()),
        Series.one(
            "all requests, at half of " + peak.text(),
            Metric.COUNT,
            (double) (load.failed() + load.latencies().getTotalCount())),
        Goal.atMost(0),
        load.faults().stream().limit(1).map(fault -> when + ", one failure: " + fault).toList());
  }

  private static Series wait(String when, LoadResult load) {
    return new Series("while " + when, Metric.P999, List.of(Sample.of(Metric.P999, load)));
  }
}
