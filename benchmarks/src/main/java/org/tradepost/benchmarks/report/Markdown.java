package org.tradepost.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists and tables that are readable without rendering. */
public final class Markdown {
  private Markdown() {}

  public static String list(List<String> items) {
    return items.stream().map(item -> "- " + item).collect(Collectors.joining("\n"));
  }

  static String table(List<String> heading, List<List<String>> rows) {
    var all = new ArrayList<List<String>>();
    all.add(heading);
    all.addAll(rows);
    var widths = new int[heading.size()];
    for (var row : all) {
      for (var column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], Math.max(3, row.get(column).length()));
      }
    }
    var rules = new ArrayList<String>();
    for (var width : widths) {
      rules.add("-".repeat(width));
    }
    all.add(1, rules);
    return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder("|");
    for (var column = 0; column < widths.length; column++) {
      var cell = row.get(column);
      line.append(' ').append(cell).append(" ".repeat(widths[column] - cell.length()));
      line.append(" |");
    }
    return line.toString();
  }
}
