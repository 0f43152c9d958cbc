package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clock of one process and its children, faked by libfaketime, which can be set while they run.
 * Only the time of day changes. Elapsed time runs evenly, as it does when an operator sets a clock.
 */
final class FakeClock {

  /** The time within which a PostgreSQL server reads a new setting. */
  static final Duration SEEN_WITHIN = Duration.ofMillis(1_500);

  private static final List<String> LIBRARIES =
      List.of("/usr/lib/x86_64-linux-gnu/", "/usr/lib/aarch64-linux-gnu/", "/usr/lib64/");

  private final Path setting;

  /** A clock that shows the right time. */
  FakeClock(Path directory, String name) {
    this.setting = directory.resolve(name.replace(' ', '-'));
    set(0);
  }

  private static Optional<Path> library() {
    return LIBRARIES.stream()
        .map(directory -> Path.of(directory, "faketime", "libfaketimeMT.so.1"))
        .filter(Files::exists)
        .findFirst();
  }

  static boolean isInstalled() {
    return library().isPresent();
  }

  /** The environment of a process with this clock, which reads a new setting at once. */
  Map<String, String> environment() {
    return environment("FAKETIME_NO_CACHE");
  }

  /**
   * The same for a PostgreSQL server, which reads a new setting within {@link #SEEN_WITHIN}. It
   * reads rarely, because it asks for the time in signal handlers, where reading a file may crash
   * it.
   */
  Map<String, String> environmentOfServer() {
    return environment("FAKETIME_CACHE_DURATION");
  }

  private Map<String, String> environment(String reading) {
    var file = setting.toAbsolutePath().toString();
    return with(Map.of("FAKETIME_TIMESTAMP_FILE", file, reading, "1"));
  }

  /** The environment of a process whose clock stays that many seconds ahead. */
  static Map<String, String> ahead(int seconds) {
    return with(Map.of("FAKETIME", String.format(Locale.ROOT, "%+ds", seconds)));
  }

  private static Map<String, String> with(Map<String, String> time) {
    var environment = new TreeMap<>(time);
    environment.put("LD_PRELOAD", library().orElseThrow().toString());
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // A JVM ignores a class archive if the timestamp of a jar seems to be another one.
    environment.put("NO_FAKE_STAT", "1");
    // Otherwise waits of the JVM end too soon.
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return environment;
  }

  /** Sets it that many seconds ahead of the right time, or behind if negative. */
  void set(int seconds) {
    try {
      var next = setting.resolveSibling(setting.getFileName() + ".next");
      Files.writeString(next, String.format(Locale.ROOT, "%+d", seconds));
      Files.move(next, setting, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
