package org.tradepost.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Logins, beside the hash that each of them has to compute. */
final class LoginJob {
  private static final int CONNECTIONS = 8;

  private LoginJob() {}

  static List<Row> run(Stage stage, Rounds rounds) {
    stage.stopPeer();
    Running up = stage.up();
    List<Question> logins =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                customer ->
                    Question.of(
                        "POST",
                        "/v1/auth/login",
                        Map.of(),
                        Shop.credentials(Shop.email(customer), Shop.PASSWORD),
                        Question.has(200, "\"access_token\":\"")))
            .toList();
    int[] next = {0};
    Question.Source inTurn = () -> logins.get(next[0]++ % CONNECTIONS);
    try (LoadSide own = up.side("log in", CONNECTIONS, inTurn);
        LoadSide hash = new LoadSide("argon2id alone", Argon2Clients::new, new CpuTime(Map.of()))) {
      List<Series> series = Contest.hold(rounds, List.of(own, hash));
      return List.of(new Row("log in", series.get(0), series.get(1), Goal.atLeast(0.9)));
    }
  }
}
