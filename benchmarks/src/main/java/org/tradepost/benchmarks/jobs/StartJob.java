package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import org.tradepost.benchmarks.measure.Figure;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;
import org.tradepost.benchmarks.subjects.Peer;
import org.tradepost.benchmarks.subjects.Stage;
import org.tradepost.benchmarks.subjects.Tradepost;
import org.tradepost.benchmarks.workload.Postgres;

/** From the command to the first answer, when everything is there already. */
final class StartJob {
  private StartJob() {}

  /** Nothing runs afterwards. */
  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Tradepost up = stage.up().tradepost();
    // Its server goes, too, and would end the connections.
    stage.up().server().close();
    List<Sample> ups = new ArrayList<>();
    List<Sample> peers = new ArrayList<>();
    Parts parts = new Parts();
    for (int i = 0; i < rounds.starts(); i++) {
      double seconds = up.secondsToStartAgain();
      ups.add(Sample.of(seconds));
      parts.addUp(seconds, up.printed(), up.log());
      try (Postgres server = Postgres.of(up.data());
          Peer peer = Peer.start(stage.project(), server)) {
        peers.add(Sample.of(peer.secondsToStart()));
      }
    }
    stage.close();
    return List.of(
        new Row(
            "start to the first answer",
            new Series("tradepost up, with its PostgreSQL", Figure.SECONDS, ups),
            new Series("Spring Boot, PostgreSQL running", Figure.SECONDS, peers),
            Goal.atMost(1),
            List.of("start, seconds of each part: " + parts.text())));
  }
}
