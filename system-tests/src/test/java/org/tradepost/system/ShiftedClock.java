package org.tradepost.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a command with a clock that goes wrong by a fixed time, by the library of faketime. */
final class ShiftedClock {

  private static final Path LIBRARY =
      Path.of(
          "/usr/lib/%s-linux-gnu/faketime/libfaketime.so.1"
              .formatted(System.getProperty("os.arch").replace("amd64", "x86_64")));

  private ShiftedClock() {}

  /** Whether this machine has the library, where Debian puts it. */
  static boolean isInstalled() {
    return Files.exists(LIBRARY);
  }

  /**
   * What the command begins with. Its clock for measuring durations stays right; so the library
   * must not correct waits that end by that clock, or they end at once.
   */
  static List<String> ahead(int seconds) {
    return List.of(
        "env",
        "LD_PRELOAD=" + LIBRARY,
        "FAKETIME=+%ds".formatted(seconds),
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }
}
