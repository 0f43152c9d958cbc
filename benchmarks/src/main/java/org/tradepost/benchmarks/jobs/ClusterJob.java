package org.tradepost.benchmarks.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Rounds.Row;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.DatabaseReference;
import org.tradepost.benchmarks.subjects.Deployment;
import org.tradepost.benchmarks.subjects.OrderWork;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.SpringPeer;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.subjects.Tradepost;
import org.tradepost.benchmarks.workload.BenchmarkShop;

/** Every service in its own JVM: order throughput, memory, and how soon another JVM joins. */
final class ClusterJob {
  private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

  private ClusterJob() {}

  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var cluster = testBed.running(Deployment.CLUSTER);
    var plain =
        DatabaseReference.atItsBest(new OrderWork(BenchmarkShop.PRODUCTS), cluster.server());
    var rows =
        new ArrayList<Comparison>(
            OrderJobs.compare(
                cluster,
                plan,
                List.of(plain, testBed.peer().orderSide()),
                new Row("place an order, 1,000 products, four JVMs", 0, 1, Goal.atLeast(1.3)),
                new Row("the same", 0, 2, Goal.atLeast(4))));
    rows.addAll(memory(cluster, testBed.peer()));
    var phases = new StartupPhases();
    rows.add(
        new Comparison(
            "one more order JVM joins",
            joining(cluster.tradepost(), plan.starts(), phases),
            Series.one("Spring Boot starts", Metric.SECONDS, testBed.peer().secondsToStart()),
            Goal.atMost(1),
            List.of("one more order JVM, seconds: " + phases.text())));
    return rows;
  }

  private static List<Comparison> memory(RunningTradepost cluster, SpringPeer peer) {
    var ofPeer = resident(peer.pid());
    if (ofPeer.isEmpty()) {
      return List.of();
    }
    var reference = Series.one("Spring Boot", Metric.MEGABYTES, ofPeer.getAsDouble());
    return cluster.tradepost().processes().entrySet().stream()
        .map(
            (Map.Entry<String, Long> member) ->
                new Comparison(
                    "memory after load, " + member.getKey(),
                    Series.one(
                        member.getKey(),
                        Metric.MEGABYTES,
                        resident(member.getValue()).orElse(Double.NaN)),
                    reference,
                    Goal.atMost(0.6)))
        .toList();
  }

  /** Measures the whole command, from its start until the gateway counts the new instance. */
  private static Series joining(Tradepost cluster, int times, StartupPhases phases) {
    var samples = new ArrayList<Sample>();
    for (var i = 0; i < times; i++) {
      var start = System.nanoTime();
      cluster.command("scale", "order=2");
      samples.add(Sample.of((System.nanoTime() - start) / 1e9));
      phases.addMember(cluster.printed());
      cluster.command("scale", "order=1");
    }
    return new Series("tradepost scale order=2", Metric.SECONDS, samples);
  }

  /** The resident memory of a process, in megabytes of 10^6 bytes; empty without {@code /proc}. */
  private static OptionalDouble resident(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .map(kibibytes -> kibibytes / KIBIBYTES_PER_MEGABYTE)
          .findFirst();
    } catch (IOException unknown) {
      return OptionalDouble.empty();
    }
  }
}
