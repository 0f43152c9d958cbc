package org.tradepost.launcher.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tradepost.launcher.cli.RotatedLog;

/** The records of one member from all its log files, oldest first. */
final class MemberRecords implements AutoCloseable {
  private final String name;
  private final List<Path> newestFirst;
  private Optional<GrowingFile> file = Optional.empty();
  private Optional<LogRecord> incomplete = Optional.empty();

  /** The last record that began; a later line that begins none gets its time and ids. */
  private LogRecord last = new LogRecord(Instant.MIN, LogRecord.Ids.NONE, "");

  MemberRecords(String name, RotatedLog log) {
    this.name = name;
    this.newestFirst = log.files();
  }

  String name() {
    return name;
  }

  /** The next record; empty if no more has been written so far. */
  Optional<LogRecord> next() {
    try {
      for (var line = line(); line.isPresent(); line = line()) {
        var complete = append(line.get());
        if (complete.isPresent()) {
          return complete;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of " + name + " cannot be read", e);
    }
    var complete = incomplete;
    incomplete = Optional.empty();
    return complete;
  }

  /** Adds a line to the current record, or returns the current record and begins the next. */
  private Optional<LogRecord> append(String line) {
    var beginning = LogLines.read(line);
    if (beginning.isEmpty()) {
      incomplete =
          Optional.of(
              incomplete.map(record -> record.with(line)).orElseGet(() -> last.continued(line)));
      return Optional.empty();
    }
    var complete = incomplete;
    incomplete = beginning;
    last = beginning.get();
    return complete;
  }

  private Optional<String> line() throws IOException {
    if (file.isEmpty() && !openNewer(newestFirst.size())) {
      return Optional.empty();
    }
    var line = file.get().line();
    while (line.isEmpty()) {
      var age = age(file.get());
      // Read again: lines may have been appended before the file was renamed, but none after it.
      line = file.get().line();
      if (line.isEmpty() && !openNewer(age)) {
        return line;
      }
    }
    return line;
  }

  /** The age of a file among all, or one more than the oldest if it has been deleted. */
  private int age(GrowingFile open) {
    for (var age = 0; age < newestFirst.size(); age++) {
      if (open.isAt(newestFirst.get(age))) {
        return age;
      }
    }
    return newestFirst.size();
  }

  /** Continues with the oldest file that is newer than {@code age}, if there is one. */
  private boolean openNewer(int age) throws IOException {
    for (var newer = age - 1; newer >= 0; newer--) {
      if (Files.exists(newestFirst.get(newer))) {
        close();
        file = Optional.of(GrowingFile.open(newestFirst.get(newer)));
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
