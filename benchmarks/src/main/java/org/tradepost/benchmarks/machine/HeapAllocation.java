package org.tradepost.benchmarks.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a JVM with the serial collector has allocated, from the counters that it publishes: each
 * young collection means one full eden. Read by jstat, which costs the JVM itself nothing.
 *
 * @param eden its size, in KiB
 * @param used of it since the last collection, in KiB
 * @param young collections so far
 * @param full collections so far, before which eden may not have been full
 */
public record HeapAllocation(double eden, double used, long young, long full) {
  /** Of those that can be read. */
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

  /** What {@code jstat -gc} prints; nothing when the collector is a concurrent one. */
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

  /** The difference, in KiB a request, of those whose counters can be subtracted. */
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

  /** In KiB; unknown when eden was resized meanwhile or emptied before it was full. */
  private Optional<Double> since(HeapAllocation before) {
    return eden == before.eden && full == before.full
        ? Optional.of((young - before.young) * eden + used - before.used)
        : Optional.empty();
  }
}
