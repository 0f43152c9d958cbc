package org.tradepost.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tradepost.benchmarks.jobs.Job;
import org.tradepost.benchmarks.jobs.Jobs;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.report.PerformancePage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The JVM that {@code ./tradepost bench} starts. */
@Command(name = "bench")
public final class Main implements Callable<Integer> {
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  @Spec private CommandSpec command;

  @Option(names = "--project", required = true)
  private Path project;

  @Option(names = "--quick")
  private boolean quick;

  @Parameters private List<String> names = List.of();

  /** Measures and exits, with status 1 if something could not be measured or an audit failed. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() {
    var measured = new Project(project);
    var bench =
        new BenchmarkRun(
            measured, quick ? MeasurementPlan.QUICK : MeasurementPlan.FULL, OUT::println);
    var words = "./tradepost bench" + (quick ? " --quick" : "");
    var succeeded = bench.run(jobs(), String.join(" ", words, String.join(" ", names)).strip());
    var isFullRun = names.isEmpty() && !quick;
    var page = isFullRun ? measured.page() : measured.target().resolve("performance.md");
    PerformancePage.write(page, bench.results());
    OUT.println("Written to " + page);
    return succeeded ? 0 : 1;
  }

  private Map<String, Job> jobs() {
    var all = Jobs.all();
    for (var name : names) {
      if (!all.containsKey(name)) {
        throw new ParameterException(
            command.commandLine(),
            "There is no job " + name + "; there are " + String.join(", ", all.keySet()) + ".");
      }
    }
    var chosen = new LinkedHashMap<String, Job>(all);
    chosen
        .keySet()
        .removeIf(
            name -> names.isEmpty() ? quick && !Jobs.QUICK.contains(name) : !names.contains(name));
    return chosen;
  }
}
