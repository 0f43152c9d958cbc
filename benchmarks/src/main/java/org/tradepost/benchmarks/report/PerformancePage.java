package org.tradepost.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with a section of measured results; the rest of its text is kept. */
public final class PerformancePage {
  private static final String BEGIN = "<!-- Measured: ./tradepost bench writes from here ... -->";
  private static final String END = "<!-- ... to here. -->";

  private PerformancePage() {}

  /** Replaces the section, or appends it if there was none. */
  public static void write(Path file, String results) {
    try {
      var old = Files.exists(file) ? Files.readString(file) : "";
      Files.createDirectories(file.getParent());
      Files.writeString(file, with(old, results));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String with(String page, String results) {
    var start = page.indexOf(BEGIN);
    var end = page.indexOf(END);
    var measured = BEGIN + "\n\n" + results.strip() + "\n\n" + END;
    if (start < 0 || end < start) {
      return page.isEmpty() ? measured + "\n" : page.stripTrailing() + "\n\n" + measured + "\n";
    }
    return page.substring(0, start) + measured + page.substring(end + END.length());
  }
}
