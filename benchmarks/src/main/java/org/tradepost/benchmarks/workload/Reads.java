package org.tradepost.benchmarks.workload;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.Question;

/** Reads whose answers are known: the very bytes are compared. */
public final class Reads implements Question.Source {
  private final List<Question> questions;

  private Reads(List<Question> questions) {
    this.questions = questions;
  }

  /**
   * Reads of one of these paths at random.
   *
   * @param token whose, or empty
   */
  public static Reads of(int port, List<String> paths, String token) {
    Rest rest = new Rest(port);
    Map<String, String> headers =
        token.isEmpty() ? Map.of() : Map.of("authorization", "Bearer " + token);
    return new Reads(
        paths.stream()
            .map(path -> Question.of("GET", path, headers, "", Question.is(rest.read(path, token))))
            .toList());
  }

  @Override
  public Question next() {
    return questions.get(ThreadLocalRandom.current().nextInt(questions.size()));
  }
}
