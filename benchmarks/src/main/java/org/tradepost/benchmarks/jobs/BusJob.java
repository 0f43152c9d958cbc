package org.tradepost.benchmarks.jobs;

import java.util.List;
import org.tradepost.benchmarks.load.LoadContestant;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.BareBus;
import org.tradepost.benchmarks.subjects.RunningTradepost;
import org.tradepost.benchmarks.subjects.TestBed;

/** What a request costs on the event bus between two JVMs, and its share of a whole read. */
final class BusJob {
  private static final int AT_ONCE = 64;

  private BusJob() {}

  static List<Comparison> run(TestBed stage, MeasurementPlan rounds) {
    stage.stopPeer();
    RunningTradepost cluster = stage.cluster();
    try (BareBus bus = BareBus.start(stage.project());
        LoadContestant read =
            cluster.side("read a product", AT_ONCE, ReadJobs.uncached(cluster.shop()));
        LoadContestant many = bus.side(AT_ONCE);
        LoadContestant one = bus.side(1)) {
      List<LoadContestant> sides = List.of(read, many, one);
      sides.forEach(side -> side.startedCold(rounds.cold()).close());
      List<Series> series = Contest.hold(rounds, sides);
      return List.of(
          new Comparison(
              "read a product, uncached, four JVMs", series.get(0), series.get(1), Goal.NONE),
          new Comparison("the bus alone, 64 at a time", series.get(1), series.get(2), Goal.NONE));
    }
  }
}
