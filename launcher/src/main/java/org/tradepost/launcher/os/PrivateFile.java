package org.tradepost.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read. */
public final class PrivateFile {
  private static final FileAttribute<?> READ_WRITE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFile() {}

  /** Writes the file atomically: a crash leaves the previous content, if any. */
  public static void write(Path file, String content) throws IOException {
    // A crash may have left it; its name never changes, so that leftovers do not accumulate.
    var unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, READ_WRITE);
    // Synchronized, so that after a power failure the renamed file is not empty.
    Files.writeString(unfinished, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Restricts {@code directory} to its owner. */
  public static void restrictDirectory(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
