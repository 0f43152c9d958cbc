package org.tradepost.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page whose figures are measured and whose other words stay as somebody wrote them. */
public final class PerformancePage {
  private static final String BEGIN = "<!-- Measured: ./tradepost bench writes from here ... -->";
  private static final String END = "<!-- ... to here. -->";

  private PerformancePage() {}

  /** Puts new figures in the place of the old ones, or after all words if there were none. */
  public static void write(Path file, String figures) {
    try {
      String old = Files.exists(file) ? Files.readString(file) : "";
      Files.createDirectories(file.getParent());
      Files.writeString(file, with(old, figures));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String with(String page, String figures) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    String measured = BEGIN + "\n\n" + figures.strip() + "\n\n" + END;
    if (begin < 0 || end < begin) {
      return page.isEmpty() ? measured + "\n" : page.stripTrailing() + "\n\n" + measured + "\n";
    }
    return page.substring(0, begin) + measured + page.substring(end + END.length());
  }
}
