package org.tradepost.auth.passwords;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.tradepost.platform.config.ProgramDirectory;
import org.tradepost.platform.config.Settings;

/** Chooses the directory to which JNA unpacks native libraries and from which it loads them. */
public final class NativeLibraries {

  private static final String DIRECTORY = "jna.tmpdir";

  private NativeLibraries() {}

  /**
   * Sets the directory, unless the operator has set one. Must run before the first native library
   * is loaded.
   *
   * @throws Settings.WrongSetting if no directory is usable
   */
  public static void prepare() {
    if (System.getProperty(DIRECTORY) == null) {
      var chosen = choose(Path.of(System.getProperty("java.io.tmpdir")), cache());
      System.setProperty(DIRECTORY, chosen.toString());
    }
  }

  /** Returns the first usable directory. */
  static Path choose(Path... candidates) {
    return Stream.of(candidates)
        .filter(ProgramDirectory::isUsable)
        .findFirst()
        .orElseThrow(
            () ->
                new Settings.WrongSetting(
                    "-D" + DIRECTORY,
                    "must name a directory for the library that hashes passwords, since none of %s is writable and allows programs to run; ./tradepost passes it on from TRADEPOST_JAVA_OPTIONS, and cluster from TRADEPOST_MEMBER_JAVA_OPTIONS"
                        .formatted(Stream.of(candidates).map(Path::toString).toList())));
  }

  private static Path cache() {
    var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(it -> !it.isBlank());
    return cache
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("JNA/temp");
  }
}
