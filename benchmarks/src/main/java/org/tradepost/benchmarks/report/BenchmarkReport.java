package org.tradepost.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Series;

/** All results, as Markdown tables that are readable without rendering. */
public record BenchmarkReport(List<JobResult> done) {
  private static final List<String> COMPARISONS =
      List.of("job", "Tradepost", "spread", "reference", "", "spread", "ratio", "goal", "met");
  private static final List<String> SIDES =
      List.of(
          "side",
          "median",
          "p50 / p99 / p99.9 ms",
          "processor time a request, in µs",
          "allocated a request, in KiB");

  /** Our sides, compared with the references. */
  public String comparisons() {
    return Markdown.table(COMPARISONS, rows().stream().map(BenchmarkReport::comparison).toList());
  }

  private List<Comparison> rows() {
    return done.stream().flatMap(job -> job.rows().stream()).toList();
  }

  private static List<String> comparison(Comparison row) {
    return List.of(
        row.title(),
        row.own().text(),
        row.own().spread(),
        row.reference().name(),
        row.reference().text(),
        row.reference().spread(),
        String.format(Locale.ROOT, "%.2f", row.ratio()),
        row.goal().text(),
        row.verdict());
  }

  /** Each side on its own. */
  public String sides() {
    var rows =
        rows().stream()
            .flatMap(row -> Stream.of(row.own(), row.reference()))
            .distinct()
            .filter(side -> side.load().isPresent())
            .map(
                side ->
                    List.of(
                        side.name(),
                        median(side),
                        side.percentiles(),
                        side.cpuText(),
                        side.allocationText()))
            .toList();
    return Markdown.table(SIDES, rows);
  }

  /** The median, and the rate if the time until stock is settled counts too. */
  private static String median(Series side) {
    return side.text()
        + side.settledRate()
            .filter(rate -> side.metric() == Metric.RATE)
            .map(rate -> ", until settled " + Metric.RATE.text(rate))
            .orElse("");
  }

  /** Other findings, failures, and the results of the audits. */
  public String remarks() {
    var remarks = new ArrayList<String>();
    for (var job : done) {
      job.rows().forEach(row -> row.remarks().forEach(remark -> remarks.add("- " + remark)));
      if (!job.failure().isEmpty()) {
        remarks.add("- %s could not be measured: %s".formatted(job.job(), job.failure()));
      }
      if (!job.audit().isEmpty()) {
        remarks.add("- audit after %s: %s".formatted(job.job(), job.audit()));
      }
    }
    return String.join("\n", remarks);
  }
}
