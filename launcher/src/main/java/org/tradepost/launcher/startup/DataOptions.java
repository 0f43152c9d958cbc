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
   * Where PostgreSQL's programs are unpacked to; shared by all data directories of one project if
   * the script says where.
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
