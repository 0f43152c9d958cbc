package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The log of the embedded server since its last start. */
record ServerLog(Path file) {
  private static final Pattern COMPLAINT = Pattern.compile("FATAL|PANIC|[Ee]rror:|could not");

  /** Whether {@code pg_ctl} says that the server exited before it was ready. */
  boolean saysGivenUp() throws IOException {
    return lines().stream().anyMatch(line -> line.contains("could not start server"));
  }

  /** The last line that says what went wrong, or where the log is if there is none. */
  String lastComplaint() throws IOException {
    return lines().stream()
        .filter(line -> !line.startsWith("pg_ctl: "))
        .filter(line -> COMPLAINT.matcher(line).find())
        .reduce((earlier, later) -> later)
        .map(String::strip)
        .orElse("see " + file);
  }

  private List<String> lines() throws IOException {
    // Messages of some locales are not UTF-8. In ISO 8859-1, no byte makes the file unreadable.
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
  }
}
