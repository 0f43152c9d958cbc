package org.tradepost.launcher.data;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.os.PrivateFile;

/**
 * The file with the management addresses of the nodes of a running Tradepost, by which other
 * commands find them.
 *
 * @param file in the data directory while Tradepost runs
 */
public record ManagementFile(Path file) {

  public static ManagementFile of(Path dataDirectory) {
    return new ManagementFile(dataDirectory.resolve("management"));
  }

  /** Writes the file, which the caller deletes on shutdown. */
  public void write(List<URI> nodes) {
    try {
      PrivateFile.write(
          file, nodes.stream().map(URI::toString).collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException e) {
      throw CommandFailure.of(file + " cannot be written", e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot remove " + file, e);
    }
  }

  /**
   * The addresses of the nodes; a killed process may have left the file behind.
   *
   * @throws CommandFailure if there is no file, so nothing runs
   */
  public List<URI> nodes() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().map(URI::create).toList();
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          "No Tradepost runs on the data directory %s; name another with --data, or the management port of a node with --management."
              .formatted(file.toAbsolutePath().normalize().getParent()),
          e);
    } catch (IOException e) {
      throw CommandFailure.of(file + " cannot be read", e);
    }
  }
}
