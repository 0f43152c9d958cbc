package org.tradepost.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tradepost.benchmarks.jobs.Job;
import org.tradepost.benchmarks.machine.BenchFailure;
import org.tradepost.benchmarks.machine.Machine;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.PartialFailure;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Row;
import org.tradepost.benchmarks.report.Done;
import org.tradepost.benchmarks.report.Markdown;
import org.tradepost.benchmarks.report.RawData;
import org.tradepost.benchmarks.report.Report;
import org.tradepost.benchmarks.subjects.Stage;

/** Runs jobs one after another, and tells what came of them. */
final class Bench {
  private final Project project;
  private final Rounds rounds;
  private final Consumer<String> console;
  private final List<String> about = new ArrayList<>();
  private final List<Done> done = new ArrayList<>();

  Bench(Project project, Rounds rounds, Consumer<String> console) {
    this.project = project;
    this.rounds = rounds;
    this.console = console;
  }

  /**
   * Runs them.
   *
   * @param command as which it was given
   * @return whether everything could be measured and every audit was clean
   */
  boolean run(Map<String, Job> jobs, String command) {
    about.add("command: `" + command + "`, " + LocalDate.now(ZoneOffset.UTC));
    about.addAll(Machine.description(project));
    about.add("load of the machine before: " + Machine.load());
    try (Stage stage = new Stage(project, rounds, console)) {
      jobs.forEach(
          (name, job) -> {
            done.add(run(name, job, stage));
            // After each, so that nothing is lost when somebody ends it early.
            RawData.write(project.target().resolve("performance.json"), about, done);
          });
    }
    console.accept("\n" + figures());
    return done.stream().allMatch(job -> job.failure().isEmpty());
  }

  private Done run(String name, Job job, Stage stage) {
    console.accept("Measuring " + name + " ...");
    long begun = System.nanoTime();
    try {
      List<Row> rows = job.run(stage, rounds);
      sayServer(stage);
      String audit = stage.audit().orElse("");
      rows.forEach(row -> console.accept("  " + line(row)));
      console.accept(
          String.format(Locale.ROOT, "  took %d s", (System.nanoTime() - begun) / 1_000_000_000));
      return new Done(name, rows, audit, "");
    } catch (BenchFailure e) {
      List<Row> rows = e instanceof PartialFailure partial ? partial.rows() : List.of();
      rows.forEach(row -> console.accept("  " + line(row)));
      console.accept("  " + e.getMessage());
      String audit = rows.isEmpty() ? "" : audited(stage);
      // The next job begins with nothing of what this one left.
      stage.close();
      return new Done(name, rows, audit, e.getMessage());
    }
  }

  /** After a failure, of which it is not to take the place. */
  private static String audited(Stage stage) {
    try {
      return stage.audit().orElse("");
    } catch (BenchFailure e) {
      return e.getMessage();
    }
  }

  private void sayServer(Stage stage) {
    Optional<String> server = stage.running().map(running -> running.server().description());
    server
        .map(description -> "database: " + description)
        .filter(line -> !about.contains(line))
        .ifPresent(about::add);
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%s: %s beside %s of %s: %.2f, goal %s",
        row.title(),
        row.own().text(),
        row.reference().text(),
        row.reference().name(),
        row.ratio(),
        row.goal().text());
  }

  /** Everything that was found out, as Markdown. */
  String figures() {
    Report report = new Report(done);
    return """
        %s

        %s

        %s

        %s
        """
        .formatted(Markdown.list(about), report.comparisons(), report.sides(), report.remarks());
  }
}
