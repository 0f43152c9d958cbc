package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * A class data sharing archive: the classes that one JVM of a module had loaded. Later JVMs of the
 * module map the file, and start more than twice as fast.
 */
final class ClassArchive {

  private static final Path DIRECTORY = Path.of("target", "archives").toAbsolutePath();

  /** Only this JVM can read the archives that it makes. */
  private static final String JVM = Runtime.version().toString();

  private final Path ready;
  private final Path file;

  private ClassArchive(Path ready, Path file) {
    this.ready = ready;
    this.file = file;
  }

  /** The archive that one more JVM of a jar reads, or the one that it makes. */
  static ClassArchive of(Path jar) {
    try {
      Files.createDirectories(DIRECTORY);
      var built = Files.getLastModifiedTime(jar).toMillis();
      var name = "%s-%s-%s".formatted(jar.getFileName(), Long.toString(built), JVM);
      var ready = DIRECTORY.resolve(name + ".jsa");
      var made = DIRECTORY.resolve(name + "-" + UUID.randomUUID());
      return new ClassArchive(ready, Files.exists(ready) ? ready : made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JVM's options. Without the last, it would log every class that cannot be archived. */
  List<String> options() {
    var option = makes() ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
    return List.of(option + file, "-Xlog:cds=off");
  }

  private boolean makes() {
    return !file.equals(ready);
  }

  /** Whether the JVM writes an archive when it exits normally, and none is ready yet. */
  boolean isWanted() {
    return makes() && !Files.exists(ready);
  }

  /** Keeps the archive for later JVMs; called after the JVM has exited normally. */
  void keep() {
    if (makes() && Files.exists(file)) {
      try {
        Files.move(file, ready, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
