package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which of the JVMs that run tests side by side this is. */
final class TestFork {

  /** Counted from 1. */
  static final int NUMBER = Integer.getInteger("tradepost.fork", 1);

  private TestFork() {}

  /** A file of this JVM alone, in a directory that exists. */
  static Path file(String name) {
    try {
      return Files.createDirectories(Path.of("target", "fork-" + NUMBER)).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
