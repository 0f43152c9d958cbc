package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkouts in one directory, and runs of their scripts. A build only copies what the real Maven
 * has built before.
 */
final class ScriptRuns implements AutoCloseable {

  private static final Path ROOT =
      Path.of(System.getProperty("tradepost.root", "..")).toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of(
          "common",
          "platform",
          "auth-verticle",
          "product-verticle",
          "order-verticle",
          "gateway-verticle",
          "proof",
          "launcher");

  /** Counts the build, and does not finish until it may. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo build >> "$BUILDS"
      until [ -e "$MAY_BUILD" ]; do sleep 0.05; done
      cp "$BUILT" launcher/target/launcher.jar
      ln -s "$BUILT_LIB" launcher/target/lib
      """;

  private final Path parent;
  private final Map<String, String> environment = new HashMap<>();
  private final List<ScriptRun> started = new ArrayList<>();

  ScriptRuns(Path parent) {
    this.parent = parent;
    var target = ROOT.resolve("launcher/target");
    environment.put("BUILDS", parent.resolve("builds").toString());
    environment.put("MAY_BUILD", parent.resolve("may-build").toString());
    environment.put("BUILT", target.resolve("launcher.jar").toString());
    environment.put("BUILT_LIB", target.resolve("lib").toString());
    environment.put("PATH", parent.resolve("bin") + ":" + System.getenv("PATH"));
    try {
      Files.createDirectory(parent.resolve("bin"));
      var maven = Files.writeString(parent.resolve("bin/mvn"), MAVEN);
      Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void environment(String name, String value) {
    environment.put(name, value);
  }

  /** A checkout in which nothing has been built. */
  Path fresh(String name) throws IOException {
    var checkout = Files.createDirectory(parent.resolve(name));
    Files.copy(ROOT.resolve("tradepost"), checkout.resolve("tradepost"));
    Files.createFile(checkout.resolve("pom.xml"));
    Files.createFile(checkout.resolve("cluster.xml"));
    for (var module : MODULES) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    return checkout;
  }

  /** A checkout that needs no build. */
  Path built(String name) throws IOException {
    var checkout = fresh(name);
    var target = Files.createDirectory(checkout.resolve("launcher/target"));
    Files.copy(Path.of(environment.get("BUILT")), target.resolve("launcher.jar"));
    Files.createSymbolicLink(target.resolve("lib"), Path.of(environment.get("BUILT_LIB")));
    return checkout;
  }

  /** Runs the script of a checkout, from the parent directory. */
  ScriptRun start(Path checkout, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(checkout.resolve("tradepost").toString()));
    command.addAll(List.of(arguments));
    var output = parent.resolve("output-" + started.size());
    var builder = new ProcessBuilder(command).directory(parent.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var run = new ScriptRun(builder.start(), output);
    started.add(run);
    return run;
  }

  /** How many builds have started. */
  int builds() {
    try {
      var builds = parent.resolve("builds");
      return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitBuilds(int count) {
    await().until(() -> builds() == count);
  }

  /** Lets builds finish from now on. */
  void letBuild() throws IOException {
    Files.createFile(parent.resolve("may-build"));
  }

  @Override
  public void close() {
    started.forEach(ScriptRun::kill);
  }
}
