package org.tradepost.benchmarks.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The machine, and the software that was measured. */
public final class MachineDescription {
  private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

  private MachineDescription() {}

  /** One line for each property, as {@code name: value}. */
  public static List<String> description(Project project) {
    return List.of(
        String.format(
            Locale.ROOT,
            "processor: %d x %s",
            Runtime.getRuntime().availableProcessors(),
            processor()),
        String.format(Locale.ROOT, "memory: %.0f GiB", system().getTotalMemorySize() / GIBIBYTE),
        "system: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "Java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        "Tradepost: " + revision(project),
        "pgbench: " + (has("pgbench") ? printed("pgbench", "--version") : "not installed"),
        CpuTime.isKnown()
            ? "processor time: from /proc"
            : "processor time: unknown, because there is no /proc");
  }

  /** Whether a program is installed. */
  public static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** The load average of the last minute; nothing but the benchmark should add to it. */
  public static String load() {
    return String.format(Locale.ROOT, "%.1f", system().getSystemLoadAverage());
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }

  private static String revision(Project project) {
    var directory = project.root().toString();
    var changes = printed("git", "-C", directory, "status", "--porcelain", "-uno");
    return printed("git", "-C", directory, "rev-parse", "--short", "HEAD")
        + (changes.isEmpty() ? "" : " with changes");
  }

  private static String printed(String... command) {
    try {
      return CommandOutput.of(List.of(command), Map.of()).strip();
    } catch (MeasurementFailure e) {
      return "unknown";
    }
  }
}
