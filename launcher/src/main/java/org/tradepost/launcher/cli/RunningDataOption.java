package org.tradepost.launcher.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data} of commands that find a running Tradepost by its data directory. */
public final class RunningDataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}",
      description = "The data directory of the running Tradepost (default: ${DEFAULT-VALUE}).")
  private Path directory;

  public Path directory() {
    return directory;
  }
}
