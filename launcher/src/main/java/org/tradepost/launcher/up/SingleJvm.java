package org.tradepost.launcher.up;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.tradepost.auth.AuthConfig;
import org.tradepost.auth.AuthVerticle;
import org.tradepost.gateway.GatewayConfig;
import org.tradepost.gateway.GatewayVerticle;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.ManagementFile;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.EmbeddedServer;
import org.tradepost.launcher.rest.Readiness;
import org.tradepost.launcher.rest.RestClient;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.OperatorSettings;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.Announcement;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.order.OrderConfig;
import org.tradepost.order.OrderVerticle;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.product.ProductConfig;
import org.tradepost.product.ProductVerticle;

/** All services in one JVM, as a cluster of one on an embedded PostgreSQL. */
final class SingleJvm {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final String[] SERVICES = Services.NAMES.toArray(String[]::new);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final UpOptions options;
  private final OpenDataDirectory home;
  private final EmbeddedServer server;
  private final ClusterNode node;
  private final StartTimes times;
  private Optional<Administrator> made = Optional.empty();
  private String started = "";

  private SingleJvm(
      UpOptions options,
      OpenDataDirectory home,
      EmbeddedServer server,
      ClusterNode node,
      StartTimes times) {
    this.options = options;
    this.home = home;
    this.server = server;
    this.node = node;
    this.times = times;
  }

  /**
   * Starts everything and returns when the REST API answers. What was started is added to {@code
   * shutdown} on the way, so that a start can be stopped at any moment.
   *
   * @throws StartFailure if it cannot be started, in words for the user
   */
  static SingleJvm start(UpOptions options, Console console, Shutdown shutdown) {
    StartTimes times =
        StartTimes.ofJvm()
            .stage("PostgreSQL", "cluster")
            .stage("auth", "product", "order")
            .stage("gateway")
            .stage("first answer");
    Settings operator = Settings.fromEnvironment();
    OperatorSettings.check(operator);
    Ports.requireFree(options.host(), options.port(), "--port");
    OpenDataDirectory home = OpenDataDirectory.open(options.data(), operator, shutdown);
    Map<String, String> settings = settings(home, options);
    console.say("Starting PostgreSQL and the cluster ...");
    // Neither needs the other, and each takes a second or more.
    CompletableFuture<EmbeddedServer> database =
        CompletableFuture.supplyAsync(
            () ->
                times.of(
                    "PostgreSQL",
                    () ->
                        EmbeddedServer.start(
                            home.data(), home.secrets(), options.binaries(), console)),
            task -> new Thread(task, "database").start());
    shutdown.add(() -> closeWhenStarted(database));
    Future<ClusterNode> joined =
        times.ofFuture(
            "cluster", () -> ClusterNode.start(NodeConfig.from(Settings.of(settings), SERVICES)));
    shutdown.add(
        () -> Waiting.on(joined.compose(ClusterNode::stop).otherwiseEmpty(), STOP_TIMEOUT));

    EmbeddedServer server = Waiting.on(database, START_TIMEOUT);
    SingleJvm shop = new SingleJvm(options, home, server, Waiting.on(joined, START_TIMEOUT), times);
    ManagementFile file = ManagementFile.of(home.data().path());
    shutdown.add(file::delete);
    file.write(List.of(shop.management()));
    console.say("Starting the services ...");
    shop.deploy(settings);
    shop.finish(console);
    return shop;
  }

  /** A start under way is waited for: nothing may be left running behind it. */
  private static void closeWhenStarted(CompletableFuture<EmbeddedServer> database) {
    database.thenAccept(EmbeddedServer::close).exceptionally(failure -> null).join();
  }

  private static Map<String, String> settings(OpenDataDirectory home, UpOptions options) {
    Map<String, String> settings = new HashMap<>(home.operator().values());
    settings.put("TRADEPOST_NODE_NAME", "tradepost");
    // A name of its own: two shops on one machine must never become one cluster.
    settings.put("TRADEPOST_CLUSTER_NAME", "tradepost-" + UUID.randomUUID());
    settings.put("TRADEPOST_CLUSTER_SECRET", home.secrets().cluster());
    settings.put("TRADEPOST_CLUSTER_MEMBERS", "");
    settings.put("TRADEPOST_CLUSTER_KUBERNETES_DNS", "");
    settings.put("TRADEPOST_CLUSTER_PORT", "0");
    settings.put("TRADEPOST_EVENTBUS_PORT", "0");
    settings.put("TRADEPOST_HOST", Loopback.ADDRESS);
    settings.put("TRADEPOST_PUBLIC_HOST", "");
    settings.put("TRADEPOST_MANAGEMENT_HOST", Loopback.ADDRESS);
    settings.put("TRADEPOST_MANAGEMENT_PORT", Integer.toString(options.managementPort()));
    // There is no other gateway that anybody could go to.
    settings.put("TRADEPOST_DRAIN_SECONDS", "0");
    settings.put("TRADEPOST_HTTP_HOST", options.host());
    settings.put("TRADEPOST_HTTP_PORT", Integer.toString(options.port()));
    return settings;
  }

  private void deploy(Map<String, String> settings) {
    Optional<Administrator> wanted = home.firstStart().pending();
    wanted.ifPresent(administrator -> settings.putAll(administrator.settings()));
    Settings auth = withDatabase(settings, "auth");
    Settings product = withDatabase(settings, "product");
    Settings order = withDatabase(settings, "order");
    Future<?> services =
        Future.join(
            deploy("auth", () -> new AuthVerticle(node, AuthConfig.from(auth))),
            deploy("product", () -> new ProductVerticle(node, ProductConfig.from(product))),
            deploy("order", () -> new OrderVerticle(node, OrderConfig.from(order))));
    Waiting.on(services, START_TIMEOUT);
    deployGateway(() -> new GatewayVerticle(node, GatewayConfig.from(Settings.of(settings))));
  }

  private Future<String> deploy(String name, Supplier<Deployable> verticle) {
    return times.ofFuture(name, () -> node.deploy(verticle.get()));
  }

  private Settings withDatabase(Map<String, String> settings, String service) {
    Map<String, String> own = new HashMap<>(settings);
    own.putAll(server.databases().settingsOf(service));
    return Settings.of(own);
  }

  /** Last, so that it stops first: no request comes in that no service can answer. */
  private void deployGateway(Supplier<Deployable> gateway) {
    try {
      Waiting.on(deploy("gateway", gateway), START_TIMEOUT);
    } catch (StartFailure e) {
      if (e.getCause() instanceof BindException) {
        throw new StartFailure(
            String.format(
                Locale.ROOT,
                "Port %d of %s was taken by another program during the start; choose another with --port.",
                options.port(),
                options.host()),
            e);
      }
      throw e;
    }
  }

  private void finish(Console console) {
    RestClient client = new RestClient(options.url());
    times.run("first answer", () -> Readiness.ofApi(client, START_TIMEOUT));
    started = times.text();
    made = home.finishFirstStart(client, options.empty(), console);
  }

  private URI management() {
    return Loopback.url(node.health().port());
  }

  /** Prints what is running where, the most wanted first. */
  void announce(Console console) {
    Announcement announcement =
        new Announcement(options.url(), made)
            .row("REST API", options.url() + "/v1")
            .row("documentation", options.url() + "/docs")
            .row("health", management() + "/health/ready")
            .databases(server.databases(), home.data())
            .row("data", home.data().path().toString())
            .row("log", home.data().log().toString())
            .row("started in", started);
    console.say("\n" + announcement.text());
    home.firstStartAnnounced();
  }

  /** The databases that the services use. */
  Databases databases() {
    return server.databases();
  }
}
