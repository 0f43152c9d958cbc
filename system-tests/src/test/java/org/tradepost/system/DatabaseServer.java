package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PostgreSQL server behind a shop, stopped at once and started again as it had been. */
final class DatabaseServer {

  private final ShopDatabases databases;
  private final Path directory;
  private final String command;

  DatabaseServer(ShopDatabases databases) {
    this.databases = databases;
    this.directory = Path.of(databases.text("auth", "show data_directory"));
    this.command = read("postmaster.opts").strip();
  }

  /** As {@code pg_ctl stop -m immediate} does: every connection breaks, nothing is written out. */
  void stopImmediately() {
    run("kill -QUIT " + read("postmaster.pid").lines().findFirst().orElseThrow());
    await().until(() -> !Files.exists(directory.resolve("postmaster.pid")));
  }

  /** Starts it again; it recovers from its log. */
  void start() {
    start("");
  }

  /** Starts it again with a clock that is ahead. */
  void startAhead(int seconds) {
    start(String.join(" ", ShiftedClock.ahead(seconds)));
  }

  private void start(String environment) {
    // The server refuses to run as root, as which some build machines run.
    run(
        "[ $(id -u) = 0 ] && enter='unshare -U'; exec $enter "
            + environment
            + " "
            + command
            + " > /dev/null 2>&1 &");
    await().ignoreExceptions().until(() -> databases.number("auth", "select 1") == 1);
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String script) {
    try {
      new ProcessBuilder("sh", "-c", script).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
