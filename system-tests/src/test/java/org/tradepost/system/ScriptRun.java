package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One run of the script {@code tradepost}, whose output is in a file. */
record ScriptRun(Process process, Path printed) {

  /** Waits for its end, and returns all that it printed. */
  String output() {
    status();
    return soFar();
  }

  int status() {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Waits until it has printed a text. */
  void await(String text) {
    Awaitility.await().untilAsserted(() -> assertThat(soFar()).contains(text));
  }

  private String soFar() {
    try {
      return Files.readString(printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it and all its descendants, as {@code kill -9} does. */
  void kill() {
    var all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
