package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.os.Signals;

/** A running PostgreSQL server, found by the {@code postmaster.pid} in its data directory. */
record Postmaster(ProcessHandle process) {
  private static final int PORT_LINE = 3;

  /**
   * The server that serves {@code directory} now. A process id that another program has by now is
   * ignored.
   */
  static Optional<Postmaster> serving(Path directory) throws IOException {
    var lines = lines(directory);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> serves(process, directory))
        .map(Postmaster::new);
  }

  /** The port of the server that serves {@code directory} now; empty until it has one. */
  static Optional<Integer> portOf(Path directory) throws IOException {
    var lines = lines(directory);
    return serving(directory)
        .filter(server -> lines.size() > PORT_LINE)
        .map(server -> Integer.valueOf(lines.get(PORT_LINE).strip()));
  }

  private static List<String> lines(Path directory) throws IOException {
    var file = directory.resolve("postmaster.pid");
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  private static boolean serves(ProcessHandle process, Path directory) {
    var info = process.info();
    boolean postgres =
        info.command().map(command -> Path.of(command).endsWith("postgres")).orElse(false);
    var arguments = List.of(info.arguments().orElse(new String[0]));
    return postgres && arguments.contains(directory.toString());
  }

  long pid() {
    return process.pid();
  }

  /**
   * Requests a fast shutdown, which disconnects clients and flushes everything, and waits until the
   * process has exited.
   *
   * @throws CommandFailure if it has not exited after {@code timeout}
   */
  void stop(Duration timeout) throws IOException {
    // On SIGTERM, which ProcessHandle sends, the server would wait for its clients to disconnect.
    Signals.send("INT", pid());
    awaitEnd(timeout);
  }

  /**
   * Ends the server at once: clients are disconnected and nothing is flushed, so the next start
   * must recover. Waits as {@link #stop} does.
   */
  void crash(Duration timeout) throws IOException {
    Signals.send("QUIT", pid());
    awaitEnd(timeout);
  }

  /** Waits until the process has exited; see {@link #stop}. */
  private void awaitEnd(Duration timeout) {
    // The server is not a child of this JVM, so ProcessHandle.onExit would notice seconds late.
    if (!Waiting.until(() -> !process.isAlive(), timeout)) {
      throw new CommandFailure(
          String.format(
              Locale.ROOT,
              "PostgreSQL (process %d) did not stop within %d s.",
              pid(),
              timeout.toSeconds()));
    }
  }
}
