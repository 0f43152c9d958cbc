package org.tradepost.platform.telemetry.tracing;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Summarizes what a statement does to which tables, such as {@code INSERT orders INSERT event}. */
final class TracingSqlSummary {

  private static final Pattern WRITE =
      Pattern.compile(
          "\\b(?:(insert)\\s+into\\s+(\\w+)|(update)\\s+(\\w+)\\s+set\\b|(delete)\\s+from\\s+(\\w+))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern READ =
      Pattern.compile("\\bfrom\\s+(\\w+)(?!\\w|\\s*\\()", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("\\w+");

  private TracingSqlSummary() {}

  /** The summary of a statement: what it writes, or else the first table that it reads. */
  static String of(String statement) {
    var writes =
        WRITE.matcher(statement).results().map(TracingSqlSummary::write).distinct().toList();
    if (!writes.isEmpty()) {
      return String.join(" ", writes);
    }
    var read = READ.matcher(statement);
    return read.find() ? "SELECT " + read.group(1) : first(WORD.matcher(statement));
  }

  private static String write(MatchResult found) {
    for (var verb = 1; verb < found.groupCount(); verb += 2) {
      if (found.group(verb) != null) {
        return found.group(verb).toUpperCase(Locale.ROOT) + " " + found.group(verb + 1);
      }
    }
    return "";
  }

  private static String first(Matcher word) {
    return word.find() ? word.group().toUpperCase(Locale.ROOT) : "statement";
  }
}
