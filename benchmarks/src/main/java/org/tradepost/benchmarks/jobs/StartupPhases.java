package org.tradepost.benchmarks.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tradepost.benchmarks.measure.Statistics;

/** The phases of a start, each with its median duration in seconds over several starts. */
final class StartupPhases {
  private static final Pattern STARTED = Pattern.compile("(?m)^ +started in +([0-9.]+) s: (.*)$");
  private static final Pattern PHASE = Pattern.compile("([A-Za-z ]+?) ([0-9.]+)");
  private static final Pattern MILESTONE =
      Pattern.compile("(joined the cluster|is ready) (\\d+) ms after its JVM began");
  private static final Pattern WARM_UP = Pattern.compile("(\\S+ warmed up) in (\\d+) ms");

  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  /**
   * Adds a start of {@code up}.
   *
   * @param total seconds from the command to the first response
   * @param printed the output of the command; phases joined by "beside" ran at the same time
   * @param log the log of the services
   */
  void addUp(double total, String printed, String log) {
    STARTED
        .matcher(printed)
        .results()
        .reduce((first, last) -> last)
        .ifPresent(
            line -> {
              add("script", total - Double.parseDouble(line.group(1)));
              PHASE
                  .matcher(line.group(2).replace(" beside ", ", "))
                  .results()
                  .forEach(part -> add(part.group(1).strip(), Double.parseDouble(part.group(2))));
            });
    addLast(WARM_UP, log);
  }

  /** Adds the start of the member that was started last. */
  void addMember(String printed) {
    addLast(MILESTONE, printed);
    addLast(WARM_UP, printed);
  }

  private void addLast(Pattern pattern, String text) {
    var last = new LinkedHashMap<String, Double>();
    pattern
        .matcher(text)
        .results()
        .forEach((MatchResult found) -> last.put(found.group(1), millis(found.group(2))));
    last.forEach(this::add);
  }

  private static double millis(String text) {
    return Long.parseLong(text) / 1e3;
  }

  private void add(String part, double value) {
    seconds.computeIfAbsent(part, name -> new ArrayList<>()).add(value);
  }

  String text() {
    return seconds.entrySet().stream().map(StartupPhases::median).collect(Collectors.joining(", "));
  }

  private static String median(Map.Entry<String, List<Double>> part) {
    var all = part.getValue().stream().mapToDouble(Double::doubleValue).toArray();
    return String.format(Locale.ROOT, "%s %.2f", part.getKey(), Statistics.median(all));
  }
}
