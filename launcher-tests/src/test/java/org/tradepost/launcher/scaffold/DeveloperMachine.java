package org.tradepost.launcher.scaffold;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/**
 * The machine of a developer who writes a service elsewhere. It has its own Maven repository, with
 * our artifacts of this build and the libraries of the real machine. Maven is offline.
 *
 * <p>The directory {@code tradepost} has the command {@code ./tradepost}, without its build.
 */
final class DeveloperMachine {
  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final String VERSION = "0.1.0";

  private final Path directory;
  private final Path java = Path.of(System.getProperty("java.home"));
  private final Map<String, String> environment = new HashMap<>();

  DeveloperMachine(Path directory) throws IOException {
    this.directory = directory;
    var repository = repository();
    var tradepost = Files.createDirectory(directory.resolve("tradepost"));
    script(
        tradepost.resolve("tradepost"),
        "exec '%s/bin/java' -cp '%s' org.tradepost.launcher.Main \"$@\""
            .formatted(java, System.getProperty("java.class.path")));
    // What it would install is there already, since these modules are being built right now.
    script(
        Files.createDirectory(directory.resolve("bin")).resolve("mvn"),
        "case $* in *install) exit 0 ;; esac\nexec '%s' -o -B -q -Dmaven.repo.local='%s' \"$@\""
            .formatted(onPath("mvn"), repository));
    environment.put("PATH", directory.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    environment.put("JAVA_HOME", java.toString());
    environment.put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  /** Where a program is on the path, or null. */
  static Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** The directory of a project that was written beside {@code tradepost}. */
  Path project(String name) {
    return directory.resolve(name);
  }

  /** Runs a script, which must succeed, in a directory of this machine, and returns its output. */
  String run(String where, String script) throws IOException, InterruptedException {
    var log = Files.createTempFile(directory, "output", ".txt");
    var process = start(where, script, Map.of(), log);
    var status = process.waitFor();
    var printed = Files.readString(log);
    if (status != 0) {
      throw new AssertionError("%s: status %s%n%s".formatted(script, status, printed));
    }
    return printed;
  }

  /** Starts a program whose output goes to a file. */
  Process start(String where, String script, Map<String, String> settings, Path log)
      throws IOException {
    var builder =
        new ProcessBuilder("sh", "-ec", script)
            .directory(directory.resolve(where).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(settings);
    return builder.start();
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path repository() throws IOException {
    var ours = Files.createDirectories(directory.resolve("repository/org/tradepost"));
    // <repository>/org/assertj/assertj-core/<version>/assertj-core-<version>.jar
    var machine = codeOf(Assertions.class).resolve("../../../../..").normalize();
    link(machine, directory.resolve("repository"), "org");
    link(machine.resolve("org"), directory.resolve("repository/org"), "tradepost");
    add(ours, "tradepost", ROOT.resolve("pom.xml"), ".pom");
    for (var module : List.of("common", "platform")) {
      add(ours, module, ROOT.resolve(module).resolve("pom.xml"), ".pom");
    }
    add(ours, "common", codeOf(ServiceBus.class), ".jar");
    add(ours, "platform", codeOf(ClusterNode.class), ".jar");
    add(ours, "platform", codeOf(TestNode.class), "-tests.jar");
    return directory.resolve("repository");
  }

  /** Links everything in a directory except one entry. */
  private static void link(Path from, Path to, String except) throws IOException {
    try (var entries = Files.list(from)) {
      for (var entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  private static void add(Path ours, String artifact, Path file, String suffix) throws IOException {
    var version = Files.createDirectories(ours.resolve(artifact).resolve(VERSION));
    Files.copy(file, version.resolve(artifact + "-" + VERSION + suffix));
  }

  /** The jar that a class is in. */
  static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
