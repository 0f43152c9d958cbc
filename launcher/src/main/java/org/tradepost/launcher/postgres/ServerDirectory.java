package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.ShellSafePath;
import org.tradepost.platform.config.ProgramDirectory;

/** Chooses a directory in which PostgreSQL's programs can be unpacked and run. */
final class ServerDirectory {
  private ServerDirectory() {}

  /**
   * The directory {@code shared} by all data directories, or one in {@code data} if that cannot be
   * used.
   *
   * @throws CommandFailure if neither can be used
   */
  static Path of(Path shared, DataDirectory data) {
    var candidates = List.of(shared, data.path().resolve("server"));
    return candidates.stream()
        .filter(ShellSafePath::is)
        .filter(directory -> isUnpacked(directory) || ProgramDirectory.isUsable(directory))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    "PostgreSQL cannot be unpacked and run in %s or %s (each is read-only or mounted noexec); name another data directory with --data."
                        .formatted(candidates.toArray())));
  }

  private static boolean isUnpacked(Path directory) {
    try {
      return UnpackLock.isComplete(directory) && programs(directory).allMatch(Files::isExecutable);
    } catch (IOException e) {
      return false;
    }
  }

  private static Stream<Path> programs(Path directory) throws IOException {
    return UnpackLock.copies(directory).stream().map(copy -> copy.resolve("bin/postgres"));
  }
}
