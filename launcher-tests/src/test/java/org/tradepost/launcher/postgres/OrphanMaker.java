package org.tradepost.launcher.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.tradepost.launcher.cli.Terminal;

/** A JVM that starts a server, stores something, and then waits to be killed. */
final class OrphanMaker {
  private OrphanMaker() {}

  static Process launch(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OrphanMaker.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @SuppressWarnings("resource") // Never closed: it is meant to be left behind.
  public static void main(String[] arguments) throws Exception {
    var server = TestServer.start(Path.of(arguments[0]));
    TestServer.ask(
        server.server().databases().of("order"), "create table kept as select 42 as answer");
    Terminal.standard().print("port " + server.server().port());
    System.in.read();
  }
}
