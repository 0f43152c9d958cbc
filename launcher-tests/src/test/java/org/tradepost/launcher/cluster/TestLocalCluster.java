package org.tradepost.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tradepost.guestbook.GuestbookJar;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Directories;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.testing.SecretScan;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/**
 * What {@code ./tradepost cluster} runs, with one member of each service and of a guestbook that
 * was built elsewhere.
 */
public final class TestLocalCluster implements AutoCloseable {
  public static final String ADMIN = "admin@tradepost.example";
  public static final String ADMIN_PASSWORD = "the keeper of the guestbook";
  public static final String TRACES = "http://traces.example/";

  /** Services have a lower priority than what else runs, so their starts may take long. */
  public static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "TRADEPOST_ADMIN_PASSWORD",
              ADMIN_PASSWORD,
              "TRADEPOST_CONSOLE_TRACE_URL",
              TRACES + "{trace}",
              // There is no load balancer that has to notice when a gateway stops.
              "TRADEPOST_LEAVE_SECONDS",
              "0"));

  private final Path directory;
  private final Shutdown shutdown = new Shutdown();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ServiceDescriptor guestbook;
  private final ClusterOptions options;
  private final LocalCluster cluster;

  private TestLocalCluster(Path directory) {
    this.directory = directory;
    var jar = GuestbookJar.write(directory.resolve("guestbook.jar"), GuestbookJar.DESCRIPTOR);
    var services =
        Services.BUILT_IN
            .withInstances(Map.of("product", 1, "order", 1))
            .with(jar, Optional.empty());
    guestbook = services.get("guestbook");
    // Two ports in a row, for a second gateway.
    var port = Ports.free(2).get(0);
    options = new ClusterOptions(services, port, data(), TestServer.BINARIES, true, false);
    try {
      cluster = LocalCluster.start(options, SETTINGS, Terminal.to(output), shutdown);
      var control = ControlSocket.start(data(), new ClusterCommands(cluster));
      shutdown.add(control::stop);
    } catch (RuntimeException e) {
      shutdown.run();
      throw new AssertionError(output(), e);
    }
  }

  public static TestLocalCluster start() {
    try {
      return new TestLocalCluster(Files.createTempDirectory("cluster-").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shutdown.run();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that the members have logged no secret so far. */
  public void requireNoSecretsInLogs() {
    try (var logs = Files.list(data().resolve("logs"))) {
      assertThat(logs).isNotEmpty().allSatisfy(SecretScan::requireNoneIn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return directory.resolve("data");
  }

  ServiceDescriptor guestbook() {
    return guestbook;
  }

  List<MemberProcess> members(ServiceDescriptor service) {
    return cluster.members(service);
  }

  /** What was printed on the terminal. */
  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** The address of its gateway. */
  public URI url() {
    return options.gateways().get(0);
  }

  public RestClient client() {
    return new RestClient(url());
  }

  /** An access token of the administrator. */
  public String admin() {
    return client().send(RestRequest.logIn(ADMIN, ADMIN_PASSWORD)).text("/access_token");
  }

  /** The database of a service. */
  public ServiceDatabase database(String service) {
    var settings = cluster.members(options.services().get(service)).get(0).plan().settings();
    return new ServiceDatabase(
        settings.get("TRADEPOST_DATABASE_URL"),
        settings.get("TRADEPOST_DATABASE_USER"),
        settings.get("TRADEPOST_DATABASE_PASSWORD"));
  }
}
