package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The effects of faults, as in the table of docs/recover.md. A row is written as soon as it is
 * known. Requests that depend on the broken part are in parentheses.
 */
final class ContainmentTable {

  private static final Path FILE = Path.of("target", "containment.md");

  // Once per JVM, since a test that is run again adds a row to those of the others.
  static {
    var titles =
        Arrays.stream(RequestKind.values())
            .map(kind -> kind.title)
            .collect(Collectors.joining(" | "));
    var head =
        "| broken | " + titles + " | until, s | later than 2 s |\n|---|---|---|---|---|---|---|\n";
    write(head, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * @param dependent the requests that need the broken part
   */
  void add(String broken, Set<RequestKind> dependent, Observation seen) {
    var shares =
        Arrays.stream(RequestKind.values())
            .map(
                kind ->
                    dependent.contains(kind)
                        ? "(%s)".formatted(share(seen, kind))
                        : share(seen, kind))
            .collect(Collectors.joining(" | "));
    var others = seen.without(dependent);
    var row =
        String.format(
            Locale.ROOT,
            "| %s | %s | %.1f | %s |\n",
            broken,
            shares,
            others.outage().toMillis() / 1000.0,
            others.after(Observation.GRACE).share());
    write(row, StandardOpenOption.APPEND);
    System.out.print(row + seen.failuresBySecond());
  }

  private static String share(Observation seen, RequestKind kind) {
    return seen.of(kind).share();
  }

  private static void write(String text, StandardOpenOption... options) {
    try {
      Files.writeString(FILE, text, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
