package org.tradepost.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class data sharing archive: the classes that one JVM of a module had loaded. Later JVMs of the
 * module map the file, and start more than twice as fast. Each test run makes its own archives,
 * because the jars may have changed since the last run.
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

  /** The archive that one more JVM of the module reads, or the one that it makes. */
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

  /** Whether the JVM writes an archive when it exits normally, and none is ready yet. */
  boolean isWanted() {
    return makes && !READY.containsKey(module);
  }

  /** The JVM's options. Without the last, it would log every class that cannot be archived. */
  List<String> options() {
    var option = makes ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
    return List.of(option + file, "-Xlog:cds=off");
  }

  /** Keeps the archive for later JVMs; called after the JVM has exited normally. */
  void keep() {
    if (makes && Files.exists(file)) {
      READY.putIfAbsent(module, file);
    }
  }
}
