package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The processor time of processes, from {@code /proc}; unknown on systems without it. */
public final class CpuTime {
  /** Linux counts in hundredths of a second (USER_HZ), whatever its timer frequency. */
  private static final long MICROS_PER_TICK = 10_000;

  /** Indexes of the fields after the program name in {@code /proc/PID/stat}; see proc(5). */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int USER_OF_ENDED = 13;
  private static final int SYSTEM_OF_ENDED = 14;

  public static final String POSTGRES = "postgres";

  /** This JVM, and pgbench, which it starts and waits for. */
  private static final String GENERATOR = "generator";

  private final Map<String, Long> processes;

  /**
   * @param processes the ids of processes, by their names in reports
   */
  public CpuTime(Map<String, Long> processes) {
    this.processes = new LinkedHashMap<>(processes);
    this.processes.put(GENERATOR, ProcessHandle.current().pid());
  }

  /** The measured processes that are JVMs. */
  public Map<String, Long> jvms() {
    var jvms = new LinkedHashMap<String, Long>(processes);
    jvms.keySet().removeAll(Set.of(POSTGRES, GENERATOR));
    return jvms;
  }

  static boolean isKnown() {
    return Files.exists(Path.of("/proc/self/stat"));
  }

  /** The processor time of every process since its start, in microseconds. */
  public Map<String, Long> micros() {
    var micros = new LinkedHashMap<String, Long>();
    if (isKnown()) {
      processes.forEach((name, pid) -> micros.put(name, micros(name, pid)));
    }
    return micros;
  }

  /** The difference per request. */
  public static Map<String, Double> perRequest(
      Map<String, Long> before, Map<String, Long> after, long requests) {
    var micros = new LinkedHashMap<String, Double>();
    after.forEach(
        (name, total) ->
            micros.put(name, (total - before.get(name)) / (double) Math.max(1, requests)));
    return micros;
  }

  private static long micros(String name, long pid) {
    var own = ticks(pid, USER, SYSTEM, USER_OF_ENDED, SYSTEM_OF_ENDED).orElse(0);
    return (name.equals(POSTGRES) ? own + ofChildren(pid) : own) * MICROS_PER_TICK;
  }

  /** PostgreSQL has a process for each connection. */
  private static long ofChildren(long pid) {
    try (var children = ProcessHandle.of(pid).map(ProcessHandle::children).orElse(Stream.empty())) {
      return children.mapToLong(child -> ticks(child.pid(), USER, SYSTEM).orElse(0)).sum();
    }
  }

  private static OptionalLong ticks(long pid, int... fields) {
    try {
      var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var values = line.substring(line.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (var field : fields) {
        sum += Long.parseLong(values[field]);
      }
      return OptionalLong.of(sum);
    } catch (IOException ended) {
      return OptionalLong.empty();
    }
  }
}
