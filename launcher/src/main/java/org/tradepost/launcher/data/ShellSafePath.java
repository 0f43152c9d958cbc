package org.tradepost.launcher.data;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.tradepost.launcher.cli.CommandFailure;

/**
 * A path that PostgreSQL can use. PostgreSQL starts its own programs through a shell, with their
 * paths in double quotes, where the shell still interprets {@code $} and the like.
 */
public final class ShellSafePath {
  private static final Pattern INTERPRETED = Pattern.compile("[$`\"\\\\\\p{Cntrl}]");

  private ShellSafePath() {}

  /** Whether the shell takes every character of {@code path} literally. */
  public static boolean is(Path path) {
    return !INTERPRETED.matcher(path.toString()).find();
  }

  /**
   * Checks the path of a data directory.
   *
   * @throws CommandFailure if the shell would interpret a part of it
   */
  static void require(Path data) {
    if (!is(data)) {
      throw new CommandFailure(
          "The path of the data directory %s must not contain $ ` \" \\ or control characters, since PostgreSQL passes it to a shell; name another with --data."
              .formatted(data));
    }
  }
}
