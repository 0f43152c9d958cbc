package org.tradepost.benchmarks.subjects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.tradepost.benchmarks.machine.CommandOutput;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MachineDescription;
import org.tradepost.benchmarks.machine.Project;
import org.tradepost.benchmarks.measure.LoadResult;
import org.tradepost.benchmarks.measure.Metric;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Side;
import org.tradepost.benchmarks.workload.PostgresServer;

/** PostgreSQL's own load generator, where it is installed. */
final class PgBench implements Side {
  private static final String PROGRAM = "pgbench";
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(2);

  /** An index into a line of its log: client, number, microseconds, script, and time. */
  private static final int MICROS = 2;

  private final SqlWork work;
  private final PostgresServer server;
  private final int clients;
  private final Metric metric;
  private final CpuTime cpu;

  PgBench(SqlWork work, PostgresServer server, int clients, Metric metric) {
    this.work = work;
    this.server = server;
    this.clients = clients;
    this.metric = metric;
    this.cpu = new CpuTime(Map.of(CpuTime.POSTGRES, server.pid()));
  }

  static boolean isInstalled() {
    return MachineDescription.has(PROGRAM);
  }

  @Override
  public String name() {
    return String.format(Locale.ROOT, "%s (pgbench, %d connections)", work.name(), clients);
  }

  @Override
  public Metric metric() {
    return metric;
  }

  /** Does nothing: pgbench is native code, and the server is warm from what ran before. */
  @Override
  public void warmUp(Duration time) {}

  @Override
  public Sample measure(Duration time) {
    var before = cpu.micros();
    var load = run(time);
    var micros = CpuTime.perRequest(before, cpu.micros(), load.latencies().getTotalCount());
    return new Sample(metric.of(load), Optional.of(load), micros, Map.of(), 0);
  }

  /** Runs pgbench, which takes whole seconds only. */
  private LoadResult run(Duration time) {
    var seconds = Math.max(1, time.toSeconds());
    try {
      var directory = Files.createTempDirectory("tradepost-pgbench-");
      try {
        var output = run(directory, seconds);
        var latencies = latencies(directory);
        // It exits with an error if a statement failed, and prints no rate if it processed nothing.
        var any = CommandOutput.number(output, "actually processed: ") > 0;
        long correct = any ? Math.round(CommandOutput.number(output, "tps = ") * seconds) : 0;
        return new LoadResult(seconds, correct, latencies, 0, List.of());
      } finally {
        Project.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(Path directory, long seconds) throws IOException {
    var command = new ArrayList<String>(List.of(PROGRAM, "-h", LoopbackAddress.ADDRESS, "-n"));
    command.addAll(List.of("-p", "" + server.port(), "-U", PostgresServer.ROLE));
    command.addAll(List.of("-M", "prepared", "-c", "" + clients, "-T", "" + seconds));
    command.addAll(List.of("-l", "--log-prefix=" + directory.resolve("log")));
    var number = 0;
    for (var script : work.scripts()) {
      var file = directory.resolve("script-" + number++ + ".sql");
      Files.writeString(file, script);
      command.addAll(List.of("-f", file.toString()));
    }
    command.add(work.database());
    return CommandOutput.of(command, Map.of("PGPASSWORD", server.password()));
  }

  static Histogram latencies(Path directory) throws IOException {
    var latencies = new Histogram(MAX_LATENCY_MICROS, 3);
    try (var files = Files.list(directory)) {
      for (var file :
          files.filter(path -> path.getFileName().toString().startsWith("log")).toList()) {
        try (var lines = Files.lines(file)) {
          lines.forEach(line -> latencies.recordValue(Long.parseLong(line.split(" ", 4)[MICROS])));
        }
      }
    }
    return latencies;
  }
}
