package org.tradepost.auth.passwords;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.tradepost.platform.config.ProgramDirectory;
import org.tradepost.platform.config.Settings;

/** Finds JNA a directory that native libraries can be unpacked to and loaded from. */
public final class NativeLibraries {

  private static final String DIRECTORY = "jna.tmpdir";

  private NativeLibraries() {}

  /**
   * Must run before the first native library is loaded. Does nothing when the operator has set a
   * directory.
   *
   * @throws Settings.WrongSetting when no directory is usable
   */
  public static void prepare() {
    if (System.getProperty(DIRECTORY) == null) {
      var chosen = choose(Path.of(System.getProperty("java.io.tmpdir")), cache());
      System.setProperty(DIRECTORY, chosen.toString());
    }
  }

  /** The first usable directory. */
  static Path choose(Path... candidates) {
    return Stream.of(candidates)
        .filter(ProgramDirectory::isUsable)
        .findFirst()
        .orElseThrow(
            () ->
                new Settings.WrongSetting(
                    "-D" + DIRECTORY,
                    "must name a directory for the library that hashes passwords, since none of %s can be written and lets programs be run; ./tradepost passes it on from TRADEPOST_JAVA_OPTIONS, and cluster from TRADEPOST_MEMBER_JAVA_OPTIONS"
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
