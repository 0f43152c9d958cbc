package org.tradepost.launcher.startup;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of {@code up} and {@code cluster} for their data. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}",
      description = "The data directory (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(names = "--empty", description = "Start without the sample catalogue.")
  private boolean empty;

  public Path directory() {
    return directory;
  }

  public Path binaries() {
    return binaries(directory);
  }

  /**
   * The directory for PostgreSQL's programs; all data directories of a project share it if the
   * script names it.
   */
  public static Path binaries(Path directory) {
    var shared = System.getProperty("tradepost.postgres");
    return (shared == null ? directory.resolve("server") : Path.of(shared))
        .toAbsolutePath()
        .normalize();
  }

  public boolean empty() {
    return empty;
  }
}
