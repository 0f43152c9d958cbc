package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of a module as one JVM had loaded them, in a file that later JVMs of the module map:
 * it makes their start more than twice as fast. The jars could change between two runs of the
 * tests, so each run makes its own.
 */
final class ClassArchive {

  private static final Map<String, Path> READY = new ConcurrentHashMap<>();

  private final String module;
  private final Path file;
  private final boolean makes;

  private ClassArchive(String module, Path file, boolean makes) {
    this.module = module;
    this.file = file;
    this.makes = makes;
  }

  /** For one more JVM of the module: the archive to read, or the one to make. */
  static ClassArchive of(String module, String jvm) {
    var ready = READY.get(module);
    if (ready != null) {
      return new ClassArchive(module, ready, false);
    }
    var file = Path.of("target", jvm + ".jsa").toAbsolutePath();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ClassArchive(module, file, true);
  }

  String module() {
    return module;
  }

  /** Whether the JVM writes an archive when it exits normally, and no other has. */
  boolean isWanted() {
    return makes && !READY.containsKey(module);
  }

  /** Options of the JVM, which would list every class that cannot be archived. */
  List<String> options() {
    var option = makes ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
    return List.of(option + file, "-Xlog:cds=off");
  }

  /** The JVM has done its work and ended in good order: later ones read what it left. */
  void keep() {
    if (makes && Files.exists(file)) {
      READY.putIfAbsent(module, file);
    }
  }
}
