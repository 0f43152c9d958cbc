package org.tradepost.proof.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An invariant that SQL alone can check, in one database.
 *
 * @param invariant the invariant whose violations it finds
 * @param count the query that counts the checked rows
 * @param violations the query for the {@code id} of each wrong row, and {@code what} is wrong with
 *     it
 */
record SqlCheck(Invariant invariant, String count, String violations) {

  Finding run(Snapshot snapshot, SqlArray... parameters) {
    var found = new LinkedHashMap<String, String>();
    try (var rows =
        snapshot.rows(
            violations, row -> Map.entry(row.getString("id"), row.getString("what")), parameters)) {
      rows.forEach(row -> found.putIfAbsent(row.getKey(), row.getValue()));
    }
    return new Finding(snapshot.count(count), found);
  }
}
