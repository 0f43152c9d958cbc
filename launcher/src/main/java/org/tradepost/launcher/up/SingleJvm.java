package org.tradepost.launcher.up;

import io.vertx.core.Future;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Readiness;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.cluster.ClusterPlan;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.ManagementFile;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.EmbeddedServer;
import org.tradepost.launcher.services.ConsolePorts;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.OperatorSettings;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.Announcement;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.tracing.Tracing;
import org.tradepost.proof.rest.RestClient;

/** All services in one JVM, as a cluster of one node with an embedded PostgreSQL. */
final class SingleJvm {
  private static final ServiceDescriptor GATEWAY = Services.BUILT_IN.gateway();
  private static final List<ServiceDescriptor> SERVICES =
      Services.BUILT_IN.all().stream().filter(service -> !service.gateway()).toList();
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final UpOptions options;
  private final OpenDataDirectory home;
  private final EmbeddedServer server;
  private final ClusterNode node;
  private final AddedServices addedServices;
  private final StartTimes times;
  private Optional<Administrator> newAdministrator = Optional.empty();
  private String started = "";

  private SingleJvm(
      UpOptions options,
      OpenDataDirectory home,
      EmbeddedServer server,
      ClusterNode node,
      AddedServices addedServices,
      StartTimes times) {
    this.options = options;
    this.home = home;
    this.server = server;
    this.node = node;
    this.addedServices = addedServices;
    this.times = times;
  }

  /**
   * Starts everything and returns when the REST API responds. Each part is added to {@code
   * shutdown} when it is started, so the start can be stopped at any moment.
   *
   * @throws CommandFailure with a message for the user, if it cannot be started
   */
  static SingleJvm start(UpOptions options, Terminal terminal, Shutdown shutdown) {
    var times =
        StartTimes.ofJvm()
            .stage("PostgreSQL", "cluster")
            .stage(SERVICES.stream().map(ServiceDescriptor::name).toArray(String[]::new))
            .stage(GATEWAY.name())
            .stage("first answer");
    var operator = Settings.fromEnvironment();
    OperatorSettings.check(operator);
    Ports.requireFree(options.host(), options.port(), "--port");
    ConsolePorts.of(operator).requireFree(options.host(), options.port(), 1);
    var home = OpenDataDirectory.open(options.data(), operator, shutdown);
    var settings = settings(home, options);
    var services = Services.BUILT_IN.names().toArray(String[]::new);
    var tracing = Tracing.from(operator, settings.get("TRADEPOST_NODE_NAME"), services);
    terminal.print("Starting PostgreSQL and the cluster ...");
    // Started in parallel: neither needs the other, and each takes a second or more.
    var database =
        shutdown.addStarting(
            "database",
            () ->
                times.of(
                    "PostgreSQL",
                    () ->
                        EmbeddedServer.start(
                            home.data(),
                            home.secrets(),
                            options.services(),
                            options.binaries(),
                            terminal)),
            EmbeddedServer::close);
    // Stopped after the gateway, so that no request arrives that no service can answer.
    var addedServices = new AddedServices();
    shutdown.add(() -> addedServices.stop(STOP_TIMEOUT));
    var joined =
        times.ofFuture(
            "cluster",
            () -> ClusterNode.start(NodeConfig.from(Settings.of(settings), services), tracing));
    shutdown.add(
        () -> Waiting.on(joined.compose(ClusterNode::stop).otherwiseEmpty(), STOP_TIMEOUT));

    var server = Waiting.on(database, Waiting.START_TIMEOUT);
    var tradepost =
        new SingleJvm(
            options, home, server, Waiting.on(joined, Waiting.START_TIMEOUT), addedServices, times);
    var file = ManagementFile.of(home.data().path());
    shutdown.add(file::delete);
    file.write(List.of(tradepost.management()));
    terminal.print("Starting the services ...");
    tradepost.deploy(settings);
    addedServices.start(options.services().added(), tradepost.plan(settings), terminal);
    addedServices.awaitDiscovery(new RestClient(tradepost.management()));
    tradepost.finish(terminal);
    return tradepost;
  }

  private static Map<String, String> settings(OpenDataDirectory home, UpOptions options) {
    var settings = home.nodeSettings();
    settings.put("TRADEPOST_NODE_NAME", "tradepost");
    settings.put("TRADEPOST_CLUSTER_PORT", Ports.free(1).get(0).toString());
    settings.put("TRADEPOST_MANAGEMENT_PORT", Integer.toString(options.managementPort()));
    // There is no other gateway that clients could use.
    settings.put("TRADEPOST_DRAIN_SECONDS", "0");
    settings.put("TRADEPOST_HTTP_HOST", options.host());
    settings.put("TRADEPOST_HTTP_PORT", Integer.toString(options.port()));
    return settings;
  }

  private void deploy(Map<String, String> settings) {
    var wanted = home.firstStart().pendingAdministrator();
    wanted.ifPresent(administrator -> settings.putAll(administrator.settings()));
    Future<?> services =
        Future.join(SERVICES.stream().map(service -> deploy(service, settings)).toList());
    Waiting.on(services, Waiting.START_TIMEOUT);
    deployGateway(settings);
  }

  private Future<String> deploy(ServiceDescriptor service, Map<String, String> settings) {
    var own = new HashMap<>(settings);
    own.putAll(server.databases().settingsOf(service));
    return times.ofFuture(
        service.name(),
        () -> node.deploy(service.program().configure(Settings.of(own)).apply(node)));
  }

  /** Deploys it last, so that it stops first: no request arrives that no service can answer. */
  private void deployGateway(Map<String, String> settings) {
    try {
      Waiting.on(deploy(GATEWAY, settings), Waiting.START_TIMEOUT);
    } catch (CommandFailure e) {
      if (e.getCause() instanceof BindException) {
        ConsolePorts.of(home.operator()).requireFree(options.host(), 0);
        throw new CommandFailure(
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

  private ClusterPlan plan(Map<String, String> settings) {
    var cluster =
        new ClusterOptions(
            options.services(),
            options.port(),
            options.data(),
            options.binaries(),
            options.empty(),
            false);
    return new ClusterPlan(cluster, home, server.databases())
        .joining(
            settings.get("TRADEPOST_CLUSTER_NAME"),
            Loopback.hostAndPort(Integer.parseInt(settings.get("TRADEPOST_CLUSTER_PORT"))));
  }

  private void finish(Terminal terminal) {
    var client = new RestClient(options.url());
    times.run("first answer", () -> Readiness.ofApi(client, Waiting.START_TIMEOUT));
    started = times.text();
    newAdministrator = home.finishFirstStart(client, options.empty(), terminal);
  }

  private URI management() {
    return Loopback.url(node.health().port());
  }

  /** Prints what runs where, the most useful lines first. */
  void announce(Terminal terminal) {
    var announcement =
        new Announcement(options.url(), newAdministrator)
            .row("REST API", options.url() + "/v1")
            .row("documentation", options.url() + "/docs")
            .row("health", management() + "/health/ready");
    addedServices.announce(announcement);
    announcement
        .databases(server.databases(), home.data())
        .row("data", home.data().path().toString())
        .row("log", home.data().log().toString())
        .row("started in", started);
    terminal.print("\n" + announcement.text());
    newAdministrator.ifPresent(administrator -> home.firstStart().done());
  }

  /** The databases that the services use. */
  Databases databases() {
    return server.databases();
  }
}
