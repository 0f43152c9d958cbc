package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The PostgreSQL server of a service, which can be stopped immediately, and started again as before
 * or with another environment.
 */
final class DatabaseServer {

  private final ShopDatabases databases;
  private final String service;
  private final Path directory;
  private final String command;

  DatabaseServer(ShopDatabases databases, String service) {
    this.databases = databases;
    this.service = service;
    this.directory = Path.of(databases.text(service, "show data_directory"));
    this.command = read("postmaster.opts").strip();
  }

  /** As {@code pg_ctl stop -m immediate} does: every connection breaks, nothing is written out. */
  void stopImmediately() {
    run("kill -QUIT " + read("postmaster.pid").lines().findFirst().orElseThrow());
    await().until(() -> !Files.exists(directory.resolve("postmaster.pid")));
  }

  /** Starts it again; it recovers from its write-ahead log. */
  void start() {
    start(Map.of());
  }

  /** Starts it again with more environment variables, whose values must not have spaces. */
  void start(Map<String, String> environment) {
    var variables =
        environment.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
    // The server refuses to run as root, as some build machines do.
    run(
        "[ $(id -u) = 0 ] && enter='unshare -U'; exec $enter env %s %s > /dev/null 2>&1 &"
            .formatted(variables, command));
    await().ignoreExceptions().until(() -> databases.number(service, "select 1") == 1);
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
      assertThat(new ProcessBuilder("sh", "-c", script).start().waitFor()).as(script).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
