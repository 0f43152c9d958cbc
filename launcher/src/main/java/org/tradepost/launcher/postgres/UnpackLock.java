package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.tradepost.launcher.os.Directories;

/**
 * Guards the unpacking of the server's programs. The library does not notice files that a killed
 * JVM left half written.
 */
final class UnpackLock implements AutoCloseable {
  private final FileChannel lock;

  private UnpackLock(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Waits for the exclusive right to unpack into {@code directory}, which {@link #close} releases,
   * and deletes incomplete copies.
   */
  static UnpackLock acquire(Path directory) throws IOException {
    Files.createDirectories(directory);
    var lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    for (var copy : copies(directory)) {
      if (!isUnpacked(copy)) {
        Directories.delete(copy);
      }
    }
    return new UnpackLock(lock);
  }

  /** Whether everything is unpacked, so that no lock is needed. */
  static boolean isComplete(Path directory) throws IOException {
    List<Path> copies = Files.isDirectory(directory) ? copies(directory) : List.of();
    return !copies.isEmpty() && copies.stream().allMatch(UnpackLock::isUnpacked);
  }

  /** The unpacked copies, including incomplete ones. */
  static List<Path> copies(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("PG-")).toList();
    }
  }

  /** The library creates this file when a copy is complete. */
  private static boolean isUnpacked(Path copy) {
    return Files.exists(copy.resolve(".exists"));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
