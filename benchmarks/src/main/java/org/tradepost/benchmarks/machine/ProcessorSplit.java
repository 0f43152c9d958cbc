package org.tradepost.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Splits the processors between the load generator and what is measured, so that more requests do
 * not leave less processor time for serving them. It uses {@code taskset}, on Linux with at least
 * two processors; elsewhere it does nothing.
 */
public final class ProcessorSplit implements AutoCloseable {
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final List<Integer> all;

  private ProcessorSplit(List<Integer> all) {
    this.all = all;
  }

  /** Confines the load generator to the second half until this is closed. */
  public static ProcessorSplit confineGenerator() {
    var processors = new ProcessorSplit(allowed());
    processors.confine(ProcessHandle.current().pid(), processors.secondHalf());
    return processors;
  }

  /** Confines another process to the second half from now on. */
  public static void toSecondHalf(long pid) {
    var processors = new ProcessorSplit(allowed());
    processors.confine(pid, processors.secondHalf());
  }

  /** The prefix of a command whose process is confined to the first half. */
  public static List<String> firstHalf() {
    var processors = new ProcessorSplit(allowed());
    return processors.canSplit()
        ? List.of("taskset", "-c", words(processors.all.subList(0, processors.half())))
        : List.of();
  }

  /** The size of the first half, in words. */
  public String text() {
    return canSplit()
        ? String.format(Locale.ROOT, "%d of %d processors", half(), all.size())
        : "all processors";
  }

  private int half() {
    return all.size() / 2;
  }

  private boolean canSplit() {
    return half() > 0;
  }

  private List<Integer> secondHalf() {
    return all.subList(half(), all.size());
  }

  private void confine(long pid, List<Integer> processors) {
    if (canSplit()) {
      Await.until(
          () -> isConfined(pid, words(processors)), TIMEOUT, "taskset to confine process " + pid);
    }
  }

  /** Returns false if a thread ended between being listed and being confined. */
  private static boolean isConfined(long pid, String processors) {
    try {
      CommandOutput.of(
          List.of("taskset", "-a", "-c", "-p", processors, Long.toString(pid)), Map.of());
      return true;
    } catch (MeasurementFailure aThreadEnded) {
      return false;
    }
  }

  private static String words(List<Integer> processors) {
    return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The processors that this process may use; empty if they are unknown. */
  private static List<Integer> allowed() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      CommandOutput.of(List.of("taskset", "--version"), Map.of());
      return lines
          .filter(line -> line.startsWith(ALLOWED))
          .flatMap(line -> numbers(line.substring(ALLOWED.length()).strip()).stream())
          .toList();
    } catch (IOException | MeasurementFailure notLinux) {
      return List.of();
    }
  }

  /** Parses a list such as {@code 0-3,8}. */
  static List<Integer> numbers(String list) {
    var numbers = new ArrayList<Integer>();
    for (var range : list.split(",", -1)) {
      var ends = range.split("-", 2);
      IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
          .forEach(numbers::add);
    }
    return numbers;
  }

  /** Lets the load generator use all processors again. */
  @Override
  public void close() {
    confine(ProcessHandle.current().pid(), all);
  }
}
