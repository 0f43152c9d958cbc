package org.tradepost.benchmarks.jobs;

import java.util.List;
import java.util.Map;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Rounds.Row;
import org.tradepost.benchmarks.subjects.Argon2Clients;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.BenchmarkShop;

/** Logins, compared with the password hash that each of them computes. */
final class LoginJob {
  private static final int CONNECTIONS = 8;

  private LoginJob() {}

  static List<Comparison> run(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    return Rounds.compare(
        plan,
        List.of(
            up.side("log in", CONNECTIONS, BenchmarkShop.logins()),
            new LoadSide("argon2id alone", Argon2Clients::new, new CpuTime(Map.of()))),
        new Row("log in", 0, 1, Goal.atLeast(0.9)));
  }
}
