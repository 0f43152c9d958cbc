package org.tradepost.launcher.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read. */
public final class PrivateFile {
  private static final String READ_WRITE = "rw-------";

  private PrivateFile() {}

  /** Writes the file atomically: a crash leaves the previous content, if any. */
  public static void write(Path file, String content) throws IOException {
    var written =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(READ_WRITE)));
    Files.writeString(written, content, StandardCharsets.UTF_8);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Restricts {@code directory} to its owner. */
  public static void restrictDirectory(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
