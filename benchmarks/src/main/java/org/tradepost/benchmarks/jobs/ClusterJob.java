package org.tradepost.benchmarks.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.subjects.Peer;
import org.tradepost.benchmarks.subjects.PlainClient;
import org.tradepost.benchmarks.subjects.PlainOrders;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.subjects.Tradepost;
import org.tradepost.benchmarks.workload.Shop;

/**
 * Every service in a JVM of its own: orders through it, its memory, and how soon one more joins.
 */
final class ClusterJob {
  private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

  private ClusterJob() {}

  static List<Row> run(Stage stage, Rounds rounds) {
    Running cluster = stage.cluster();
    Side plain = PlainClient.atItsBest(new PlainOrders(Shop.PRODUCTS), cluster.server());
    List<Series> series =
        OrderJobs.compare(cluster, rounds, List.of(plain, stage.peer().orderSide()));
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "place an order, 1,000 products, four JVMs",
            series.get(0),
            series.get(1),
            Goal.atLeast(1.3)));
    rows.add(new Row("the same", series.get(0), series.get(2), Goal.atLeast(4)));
    rows.addAll(memory(cluster, stage.peer()));
    Parts parts = new Parts();
    rows.add(
        new Row(
            "one more order JVM joins",
            joining(cluster.tradepost(), rounds.starts(), parts),
            Series.one("Spring Boot starts", Figure.SECONDS, stage.peer().secondsToStart()),
            Goal.atMost(1),
            List.of("one more order JVM, seconds: " + parts.text())));
    return rows;
  }

  private static List<Row> memory(Running cluster, Peer peer) {
    OptionalDouble ofPeer = resident(peer.pid());
    if (ofPeer.isEmpty()) {
      return List.of();
    }
    Series reference = Series.one("Spring Boot", Figure.MEGABYTES, ofPeer.getAsDouble());
    return cluster.tradepost().processes().entrySet().stream()
        .map(
            (Map.Entry<String, Long> member) ->
                new Row(
                    "memory after load, " + member.getKey(),
                    Series.one(
                        member.getKey(),
                        Figure.MEGABYTES,
                        resident(member.getValue()).orElse(Double.NaN)),
                    reference,
                    Goal.atMost(0.6)))
        .toList();
  }

  /** Until the gateway counts it; the start of the command that asks for it is in it. */
  private static Series joining(Tradepost cluster, int times, Parts parts) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      cluster.command("scale", "order=2");
      samples.add(Sample.of((System.nanoTime() - begun) / 1e9));
      parts.addMember(cluster.printed());
      cluster.command("scale", "order=1");
    }
    return new Series("tradepost scale order=2", Figure.SECONDS, samples);
  }

  /** In megabytes of 10^6 bytes; unknown where there is no {@code /proc}. */
  private static OptionalDouble resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
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
