package org.tradepost.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Tells whether programs and libraries can be unpacked into a directory and run from there. */
public final class ProgramDirectory {

  private ProgramDirectory() {}

  /**
   * Whether {@code directory} can be written and its file system allows programs to run. Creates
   * the directory if it does not exist.
   */
  public static boolean isUsable(Path directory) {
    try {
      Files.createDirectories(directory);
      var attribute =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      var probe = Files.createTempFile(directory, "probe", "", attribute);
      try {
        return Files.isExecutable(probe);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
