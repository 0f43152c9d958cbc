package org.tradepost.launcher.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Operations on whole directory trees, which {@link Files} lacks. */
public final class Directories {
  private Directories() {}

  /** Deletes {@code directory} and everything below it; does nothing if it does not exist. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(Directories::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
