package org.tradepost.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A log file with a few older ones beside it, whose names end in a number: the higher, the older.
 *
 * @param newest the file that is being written
 */
public record RotatedLog(Path newest) {
  private static final int MAX_OLD_FILES = 3;

  /** The size in bytes at which a new file is started. */
  public static final long MAX_BYTES = 10_000_000;

  /** Makes room for a new file: gives each file the next number, and deletes the oldest. */
  public void rotate() throws IOException {
    for (var age = MAX_OLD_FILES; age > 0; age--) {
      var newer = file(age - 1);
      if (Files.exists(newer)) {
        Files.move(newer, file(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The paths of the files, newest first; some may not exist. */
  public List<Path> files() {
    return IntStream.rangeClosed(0, MAX_OLD_FILES).mapToObj(this::file).toList();
  }

  private Path file(int age) {
    return age == 0 ? newest : newest.resolveSibling(newest.getFileName() + "." + age);
  }
}
