package org.tradepost.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.tradepost.benchmarks.jobs.Job;
import org.tradepost.benchmarks.machine.MachineDescription;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.PartialMeasurement;
import org.tradepost.benchmarks.report.BenchmarkReport;
import org.tradepost.benchmarks.report.JobResult;
import org.tradepost.benchmarks.report.Markdown;
import org.tradepost.benchmarks.report.RawData;
import org.tradepost.benchmarks.subjects.TestBed;

/** Runs jobs one after another, and reports their results. */
final class BenchmarkRun {
  private final Project project;
  private final MeasurementPlan plan;
  private final Consumer<String> console;
  private final List<String> about = new ArrayList<>();
  private final List<JobResult> done = new ArrayList<>();

  BenchmarkRun(Project project, MeasurementPlan plan, Consumer<String> console) {
    this.project = project;
    this.plan = plan;
    this.console = console;
  }

  /**
   * Runs the jobs.
   *
   * @param command the command as the user typed it
   * @return whether everything could be measured and every audit was clean
   */
  boolean run(Map<String, Job> jobs, String command) {
    about.add("command: `" + command + "`, " + LocalDate.now(ZoneOffset.UTC));
    about.addAll(MachineDescription.description(project));
    about.add("load of the machine before: " + MachineDescription.load());
    try (var testBed = new TestBed(project, plan, console)) {
      jobs.forEach(
          (name, job) -> {
            done.add(run(name, job, testBed));
            // After each job, so that no result is lost when the run is interrupted.
            RawData.write(project.target().resolve("performance.json"), about, done);
          });
    }
    console.accept("\n" + results());
    return done.stream().allMatch(job -> job.failure().isEmpty());
  }

  private JobResult run(String name, Job job, TestBed testBed) {
    console.accept("Measuring " + name + " ...");
    var start = System.nanoTime();
    try {
      // The peer's threads must not run while another job is measured.
      testBed.stopPeer();
      var rows = job.run(testBed, plan);
      recordServer(testBed);
      var audit = testBed.audit().orElse("");
      rows.forEach(row -> console.accept("  " + line(row)));
      console.accept(
          String.format(Locale.ROOT, "  took %d s", (System.nanoTime() - start) / 1_000_000_000));
      return new JobResult(name, rows, audit, "");
    } catch (RuntimeException e) {
      List<Comparison> rows = e instanceof PartialMeasurement partial ? partial.rows() : List.of();
      rows.forEach(row -> console.accept("  " + line(row)));
      var failure = text(e instanceof CompletionException ? e.getCause() : e);
      console.accept("  " + failure);
      var audit = rows.isEmpty() ? "" : auditOrFailure(testBed);
      // The next job must start without anything that this one left behind.
      testBed.close();
      return new JobResult(name, rows, audit, failure);
    }
  }

  private static String text(Throwable failure) {
    return failure instanceof MeasurementFailure ? failure.getMessage() : failure.toString();
  }

  /** Audits after a failure; an error of the audit must not hide it, so it is returned. */
  private static String auditOrFailure(TestBed testBed) {
    try {
      return testBed.audit().orElse("");
    } catch (MeasurementFailure e) {
      return e.getMessage();
    }
  }

  private void recordServer(TestBed testBed) {
    var server = testBed.running().map(running -> running.server().description());
    server
        .map(description -> "database: " + description)
        .filter(line -> !about.contains(line))
        .ifPresent(about::add);
  }

  private static String line(Comparison row) {
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

  /** All results, as Markdown. */
  String results() {
    var report = new BenchmarkReport(done);
    return """
        %s

        %s

        %s

        %s
        """
        .formatted(Markdown.list(about), report.comparisons(), report.sides(), report.remarks());
  }
}
