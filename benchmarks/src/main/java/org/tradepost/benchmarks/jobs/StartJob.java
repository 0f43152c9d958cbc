package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.SpringPeer;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.PostgresServer;

/** The time from the command to the first response, with existing data. */
final class StartJob {
  private StartJob() {}

  /** Leaves nothing running. */
  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up().tradepost();
    // Stopping Tradepost stops its server too, which would break our connections.
    testBed.up().server().close();
    var ups = new ArrayList<Sample>();
    var peers = new ArrayList<Sample>();
    var phases = new StartupPhases();
    for (var i = 0; i < plan.starts(); i++) {
      var seconds = up.secondsToStartAgain();
      ups.add(Sample.of(seconds));
      phases.addUp(seconds, up.printed(), up.log());
      try (var server = PostgresServer.of(up.data());
          var peer = SpringPeer.start(testBed.project(), server)) {
        peers.add(Sample.of(peer.secondsToStart()));
      }
    }
    testBed.close();
    return List.of(
        new Comparison(
            "start to the first answer",
            new Series("tradepost up, with its PostgreSQL", Metric.SECONDS, ups),
            new Series("Spring Boot, PostgreSQL running", Metric.SECONDS, peers),
            Goal.atMost(1),
            List.of("start, seconds of each part: " + phases.text())));
  }
}
