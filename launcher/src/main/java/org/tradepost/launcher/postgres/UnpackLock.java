package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.tradepost.launcher.os.Directories;

/**
 * Guards the unpacking of the server's programs. The library would take files that a killed JVM
 * left half written for whole ones.
 */
final class UnpackLock implements AutoCloseable {
  private final FileChannel lock;

  private UnpackLock(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Lets the caller unpack into {@code directory}, alone until {@link #close}; whoever comes
   * meanwhile waits.
   */
  static UnpackLock into(Path directory) throws IOException {
    Files.createDirectories(directory);
    var lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    for (var copy : copies(directory)) {
      if (!isWhole(copy)) {
        Directories.delete(copy);
      }
    }
    return new UnpackLock(lock);
  }

  /** Whether there is nothing to unpack, so that no one needs to wait. */
  static boolean isDone(Path directory) throws IOException {
    List<Path> copies = Files.isDirectory(directory) ? copies(directory) : List.of();
    return !copies.isEmpty() && copies.stream().allMatch(UnpackLock::isWhole);
  }

  /** What has been unpacked, even if only in part. */
  static List<Path> copies(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("PG-")).toList();
    }
  }

  /** The library makes this file when it is through. */
  private static boolean isWhole(Path copy) {
    return Files.exists(copy.resolve(".exists"));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
