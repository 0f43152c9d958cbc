package org.tradepost.proof.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was found for one invariant.
 *
 * @param rows how many rows were checked
 * @param violations what is wrong, by the id of the wrong row
 */
public record Finding(long rows, Map<String, String> violations) {

  Finding and(Finding other) {
    var all = new LinkedHashMap<>(violations);
    other.violations.forEach(all::putIfAbsent);
    return new Finding(rows + other.rows, all);
  }

  /** The {@code later} finding, without the violations that it found for the first time. */
  Finding persistingIn(Finding later) {
    var still = new LinkedHashMap<>(later.violations);
    still.keySet().retainAll(violations.keySet());
    return new Finding(later.rows, still);
  }
}
