package org.tradepost.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.benchmarks.jobs.Job;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Series;

class BenchmarkRunTest {
  @TempDir private Path directory;

  @Test
  void the_next_job_is_measured_whatever_the_failure_of_the_last_one() {
    var one = Series.one("one", Metric.COUNT, 1);
    var jobs = new LinkedHashMap<String, Job>();
    jobs.put("rejected", (testBed, plan) -> fail(new MeasurementFailure("it was rejected")));
    jobs.put(
        "elsewhere",
        (testBed, plan) -> fail(new CompletionException(new MeasurementFailure("it ended"))));
    jobs.put("broken", (testBed, plan) -> fail(new IndexOutOfBoundsException("index 0")));
    jobs.put("last", (testBed, plan) -> List.of(new Comparison("measured", one, one, Goal.NONE)));
    var run = new BenchmarkRun(new Project(directory), MeasurementPlan.QUICK, line -> {});
    assertThat(run.run(jobs, "bench")).isFalse();
    assertThat(run.results())
        .contains("rejected could not be measured: it was rejected\n")
        .contains("elsewhere could not be measured: it ended\n")
        .contains("broken could not be measured: java.lang.IndexOutOfBoundsException: index 0\n")
        .contains("| measured ");
  }

  private static List<Comparison> fail(RuntimeException failure) {
    throw failure;
  }
}
