package org.tradepost.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Half of what two of every service can do, by an open model, while one of them is killed and
 * started again, and while all are restarted one after another: how many requests fail, and how
 * long they take. A connection that is reset in the middle of a request has failed it; nothing is
 * asked twice.
 */
final class FailoverJob {
  private static final int CONNECTIONS = 256;
  private static final List<String> KILLED = List.of("product", "order", "auth");
  private static final int TIMES_KILLED = 3;
  private static final int TIMES_ROLLED = 2;
  private static final int ROUNDS_OF_CALM = 4;

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
              "a mix of requests (two of each, %d connections)".formatted(CONNECTIONS),
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
    List<Load> calm = new ArrayList<>();
    IntStream.range(0, ROUNDS_OF_CALM).forEach(round -> calm.add(open()));
    List<Row> rows = new ArrayList<>();
    rows.addAll(compare("nothing happens", calm, calm, peak));
    for (String service : KILLED) {
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < TIMES_KILLED; i++) {
        loads.addAll(during(() -> killOneOf(service)));
      }
      rows.addAll(compare("one of two of " + service + " is killed", loads, calm, peak));
    }
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < TIMES_ROLLED; i++) {
      loads.addAll(during(() -> pairs.tradepost().command("roll")));
    }
    rows.addAll(compare("all are restarted one after another", loads, calm, peak));
    return rows;
  }

  private void killOneOf(String service) {
    pairs.tradepost().members(service).get(0).destroyForcibly();
    try {
      TimeUnit.MILLISECONDS.sleep(ALONE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", e);
    }
    pairs.tradepost().command("scale", service + "=2");
  }

  /** Asks from before it happens until after it. */
  private List<Load> during(Runnable happening) {
    List<Load> loads = new ArrayList<>();
    loads.add(open());
    CompletableFuture<Void> happened = CompletableFuture.runAsync(happening);
    while (!happened.isDone()) {
      loads.add(open());
    }
    happened.join();
    loads.add(open());
    return loads;
  }

  private Load open() {
    return OpenLoop.run(
        clients.all(), Schedule.poisson(rate, rounds.time(), seed++), rounds.time());
  }

  private static List<Row> compare(String when, List<Load> loads, List<Load> calm, Series peak) {
    Series wait = series("while " + when, loads);
    long failed = wait.wrong();
    long all = failed + wait.latencies().orElseThrow().getTotalCount();
    return List.of(
        new Row(
            "requests that fail while " + when,
            count("failed", failed),
            count("all requests, at half of " + peak.text(), all),
            Goal.atMost(0),
            wait.firstFault().map(fault -> when + ", one failure: " + fault).stream().toList()),
        new Row("how long they take", wait, series("while nothing happens", calm), Goal.NONE));
  }

  private static Series series(String name, List<Load> loads) {
    return new Series(
        name, Figure.P999, loads.stream().map(load -> Sample.of(Figure.P999, load)).toList());
  }

  private static Series count(String name, long number) {
    return new Series(name, Figure.COUNT, List.of(Sample.of((double) number)));
  }
}
