package org.tradepost.launcher.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows below a heading, each column as wide as its widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final String[] heading;
  private final List<String[]> rows = new ArrayList<>();

  public Table(String... heading) {
    this.heading = heading;
  }

  public void row(String... cells) {
    rows.add(cells);
  }

  /** The table as text; empty if it has no rows. */
  public String text() {
    if (rows.isEmpty()) {
      return "";
    }
    var all = new ArrayList<String[]>();
    all.add(
        Arrays.stream(heading).map(word -> word.toUpperCase(Locale.ROOT)).toArray(String[]::new));
    all.addAll(rows);
    var widths = new int[heading.length];
    for (var row : all) {
      for (var column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(String[] row, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      line.append(row[column]).append(" ".repeat(widths[column] - row[column].length()));
      line.append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
