package org.tradepost.launcher.up;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.demo.Demo;
import org.tradepost.launcher.demo.DemoSteps;
import org.tradepost.launcher.demo.Transcript;
import org.tradepost.launcher.os.Directories;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** The whole shop in the JVM of a test, on its own ports. */
public final class TestSingleJvm implements AutoCloseable {
  private static TestSingleJvm shared;
  private static final Pattern RANDOM = Pattern.compile("password (\\S+) \\(random");

  private final UpOptions options;
  private final Shutdown shutdown = new Shutdown();
  private final SingleJvm shop;
  private String administratorPassword;

  private TestSingleJvm(UpOptions options) {
    this.options = options;
    try {
      this.shop = SingleJvm.start(options, Terminal.to(new ByteArrayOutputStream()), shutdown);
    } catch (RuntimeException e) {
      shutdown.run();
      throw e;
    }
  }

  /**
   * The shop that test classes share, since each takes seconds to start; it ends with this JVM. It
   * starts with the sample catalogue, and earlier classes may have added products before that.
   */
  public static synchronized TestSingleJvm shared() {
    if (shared == null) {
      var data = newDirectory();
      shared = start(data);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(shared, data)));
    }
    return shared;
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("shared-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(TestSingleJvm shop, Path data) {
    shop.close();
    try {
      Directories.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestSingleJvm start(Path data) {
    return startAt(Ports.free(1).get(0), data);
  }

  static TestSingleJvm startAt(int port, Path data) {
    return start(Services.BUILT_IN, port, data, false);
  }

  public static TestSingleJvm startEmpty(Path data) {
    return startEmpty(data, Services.BUILT_IN);
  }

  static TestSingleJvm startEmpty(Path data, Services services) {
    return start(services, Ports.free(1).get(0), data, true);
  }

  private static TestSingleJvm start(Services services, int port, Path data, boolean empty) {
    return new TestSingleJvm(
        new UpOptions(services, Loopback.ADDRESS, port, 0, data, TestServer.BINARIES, empty));
  }

  /** Prints the announcement, which completes a first start. */
  String announce() {
    var printed = new ByteArrayOutputStream();
    shop.announce(Terminal.to(printed));
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The random password of the administrator; the first call completes the first start. */
  public String administratorPassword() {
    if (administratorPassword == null) {
      var password = RANDOM.matcher(announce());
      if (!password.find()) {
        throw new IllegalStateException("the administrator's password was shown before");
      }
      administratorPassword = password.group(1);
    }
    return administratorPassword;
  }

  Path data() {
    return options.data();
  }

  public Databases databases() {
    return shop.databases();
  }

  public int port() {
    return options.port();
  }

  public RestClient client() {
    return new RestClient(options.url());
  }

  int products() {
    return client().send(RestRequest.get("/v1/products?limit=100")).body().path("items").size();
  }

  /** Runs the demo; returns its output if a check failed, otherwise an empty text. */
  public String faultsOfDemo() {
    var printed = new ByteArrayOutputStream();
    var steps = new DemoSteps(client(), new Transcript(Terminal.to(printed)));
    try {
      new Demo(steps).run();
    } catch (DemoSteps.Aborted e) {
      return printed.toString(StandardCharsets.UTF_8);
    }
    return steps.failed() == 0 ? "" : printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    shutdown.run();
  }
}
