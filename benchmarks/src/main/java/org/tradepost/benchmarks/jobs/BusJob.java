package org.tradepost.benchmarks.jobs;

import java.util.List;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Bus;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;

/** What a request costs on the event bus between two JVMs, and what that is of a whole read. */
final class BusJob {
  private static final int AT_ONCE = 64;

  private BusJob() {}

  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running cluster = stage.cluster();
    try (Bus bus = Bus.start(stage.project());
        LoadSide read = cluster.side("read a product", AT_ONCE, ReadJobs.uncached(cluster.shop()));
        LoadSide many = bus.side(AT_ONCE);
        LoadSide one = bus.side(1)) {
      List<LoadSide> sides = List.of(read, many, one);
      sides.forEach(side -> side.startedCold(rounds.cold()).close());
      List<Series> series = Contest.hold(rounds, sides);
      return List.of(
          new Row("read a product, uncached, four JVMs", series.get(0), series.get(1), Goal.NONE),
          new Row("the bus alone, 64 at a time", series.get(1), series.get(2), Goal.NONE));
    }
  }
}
