package org.tradepost.benchmarks.jobs;

import java.util.List;
import java.util.Map;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.measure.Contest;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Argon2Clients;
import org.tradepost.benchmarks.subjects.Running;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.workload.Shop;

/** Logins, beside the hash that each of them has to compute. */
final class LoginJob {
  private static final int CONNECTIONS = 8;

  private LoginJob() {}

  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running up = stage.up();
    try (LoadSide own = up.side("log in", CONNECTIONS, Shop.logins());
        LoadSide hash = new LoadSide("argon2id alone", Argon2Clients::new, new CpuTime(Map.of()))) {
      List<Series> series = Contest.hold(rounds, List.of(own, hash));
      return List.of(new Row("log in", series.get(0), series.get(1), Goal.atLeast(0.9)));
    }
  }
}
