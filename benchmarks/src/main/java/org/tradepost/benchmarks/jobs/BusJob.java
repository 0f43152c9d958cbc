package org.tradepost.benchmarks.jobs;

import java.util.List;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Rounds.Row;
import org.tradepost.benchmarks.subjects.BareBus;
import org.tradepost.benchmarks.subjects.Deployment;
import org.tradepost.benchmarks.subjects.TestBed;

/** The cost of a request over the event bus between two JVMs, and its share of a whole read. */
final class BusJob {
  private static final int AT_ONCE = 64;

  private BusJob() {}

  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var cluster = testBed.running(Deployment.CLUSTER);
    try (var bus = BareBus.start(testBed.project())) {
      var sides =
          List.of(
              cluster.side("read a product", AT_ONCE, ReadJobs.uncached(cluster.shop())),
              bus.side(AT_ONCE),
              bus.side(1));
      sides.forEach(side -> side.startedCold(plan.cold()).close());
      return Rounds.compare(
          plan,
          sides,
          new Row("read a product, uncached, four JVMs", 0, 1, Goal.NONE),
          new Row("the bus alone, 64 at a time", 1, 2, Goal.NONE));
    }
  }
}
