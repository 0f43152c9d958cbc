package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the embedded server has logged since it was last started. */
record ServerLog(Path file) {
  private static final Pattern COMPLAINT = Pattern.compile("FATAL|PANIC|[Ee]rror:|could not");

  /** Whether PostgreSQL's own starter says that the server ended before it was ready. */
  boolean saysGivenUp() throws IOException {
    return lines().stream().anyMatch(line -> line.contains("could not start server"));
  }

  /** The last line that says what went wrong, or the place of the log if there is none. */
  String lastComplaint() throws IOException {
    return lines().stream()
        .filter(line -> !line.startsWith("pg_ctl: "))
        .filter(line -> COMPLAINT.matcher(line).find())
        .reduce((earlier, later) -> later)
        .map(String::strip)
        .orElse("see " + file);
  }

  private List<String> lines() throws IOException {
    // Not every locale's messages are UTF-8, and one odd byte must not hide the others.
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
  }
}
