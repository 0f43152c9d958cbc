package org.tradepost.benchmarks.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a JVM with the serial collector has allocated, from its published counters: each young
 * collection means one full eden. They are read by jstat, at no cost to the JVM itself.
 *
 * @param eden the size of eden, in KiB
 * @param used how much of eden is used since the last collection, in KiB
 * @param young collections so far
 * @param full collections so far; eden may not have been full before them
 */
public record HeapAllocation(double eden, double used, long young, long full) {
  /** The counters of those JVMs that can be read. */
  public static Map<String, HeapAllocation> of(Map<String, Long> jvms) {
    var all = new LinkedHashMap<String, HeapAllocation>();
    jvms.forEach((name, pid) -> read(pid).ifPresent(read -> all.put(name, read)));
    return all;
  }

  private static Optional<HeapAllocation> read(long pid) {
    var jstat = System.getProperty("java.home") + "/bin/jstat";
    try {
      return parse(CommandOutput.of(List.of(jstat, "-gc", "" + pid), Map.of()));
    } catch (MeasurementFailure unreadable) {
      return Optional.empty();
    }
  }

  /** Parses the output of {@code jstat -gc}; empty if the collector is concurrent. */
  static Optional<HeapAllocation> parse(String printed) {
    var lines = printed.strip().lines().toList();
    if (lines.size() != 2) {
      return Optional.empty();
    }
    var names = List.of(lines.get(0).strip().split("\\s+"));
    var values = List.of(lines.get(1).strip().split("\\s+"));
    if (values.size() != names.size() || !values.get(names.indexOf("CGC")).equals("-")) {
      return Optional.empty();
    }
    return Optional.of(
        new HeapAllocation(
            Double.parseDouble(values.get(names.indexOf("EC"))),
            Double.parseDouble(values.get(names.indexOf("EU"))),
            Long.parseLong(values.get(names.indexOf("YGC"))),
            Long.parseLong(values.get(names.indexOf("FGC")))));
  }

  /** The difference in KiB per request, of those JVMs whose counters can be subtracted. */
  public static Map<String, Double> perRequest(
      Map<String, HeapAllocation> before, Map<String, HeapAllocation> after, long requests) {
    var kib = new LinkedHashMap<String, Double>();
    after.forEach(
        (name, now) ->
            Optional.ofNullable(before.get(name))
                .flatMap(now::since)
                .ifPresent(total -> kib.put(name, total / Math.max(1, requests))));
    return kib;
  }

  /** The difference in KiB; empty if eden was resized, or was emptied before it was full. */
  private Optional<Double> since(HeapAllocation before) {
    return eden == before.eden && full == before.full
        ? Optional.of((young - before.young) * eden + used - before.used)
        : Optional.empty();
  }
}
