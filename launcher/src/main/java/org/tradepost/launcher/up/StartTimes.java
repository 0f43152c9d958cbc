package org.tradepost.launcher.up;

import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How long each part of a start took. */
final class StartTimes {
  private final long start;
  private final Map<String, Long> nanos = new ConcurrentHashMap<>();
  private final List<List<String>> stages = new ArrayList<>();

  /**
   * @param start when the start began, by {@link System#nanoTime}
   */
  StartTimes(long start) {
    this.start = start;
  }

  /** Measures from the start of this JVM, whose own start is the first part. */
  static StartTimes ofJvm() {
    var up = TimeUnit.MILLISECONDS.toNanos(ManagementFactory.getRuntimeMXBean().getUptime());
    var times = new StartTimes(System.nanoTime() - up);
    times.stage("JVM");
    times.nanos.put("JVM", up);
    return times;
  }

  /** Adds the parts that come next and run in parallel. */
  StartTimes stage(String... parts) {
    stages.add(List.of(parts));
    return this;
  }

  /** Runs and measures a part. */
  <T> T of(String part, Supplier<T> work) {
    var start = System.nanoTime();
    var result = work.get();
    nanos.put(part, System.nanoTime() - start);
    return result;
  }

  /** Runs and measures a part that has no result. */
  void run(String part, Runnable work) {
    var start = System.nanoTime();
    work.run();
    nanos.put(part, System.nanoTime() - start);
  }

  /** Starts a part that ends when its future completes. */
  <T> Future<T> ofFuture(String part, Supplier<Future<T>> work) {
    var start = System.nanoTime();
    return work.get().onComplete(done -> nanos.put(part, System.nanoTime() - start));
  }

  /** The time of the whole start and of its parts; "beside" joins those that ran in parallel. */
  String text() {
    return "%s s: %s"
        .formatted(
            seconds(System.nanoTime() - start),
            stages.stream().map(this::text).collect(Collectors.joining(", ")));
  }

  private String text(List<String> stage) {
    return stage.stream()
        .map(part -> part + " " + seconds(nanos.getOrDefault(part, 0L)))
        .collect(Collectors.joining(" beside "));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
  }
}
