package org.tradepost.launcher.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Readiness;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.ManagementFile;
import org.tradepost.launcher.postgres.EmbeddedServer;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.OperatorSettings;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.Announcement;
import org.tradepost.launcher.startup.OpenDataDirectory;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.audit.DatabaseUnreadable;
import org.tradepost.proof.rest.RestClient;

/** A cluster on this machine, in which each service runs in its own JVMs. */
public final class LocalCluster {
  private static final Duration AUDIT_WAIT = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final ClusterOptions options;
  private final Terminal terminal;
  private final OpenDataDirectory home;
  private final Optional<EmbeddedServer> server;
  private final Databases databases;
  private final ClusterPlan plan;
  private final ManagementFile management;
  private final List<MemberProcess> members = new CopyOnWriteArrayList<>();
  private Optional<Administrator> newAdministrator = Optional.empty();

  private LocalCluster(
      ClusterOptions options,
      Terminal terminal,
      OpenDataDirectory home,
      Optional<EmbeddedServer> server,
      Databases databases) {
    this.options = options;
    this.terminal = terminal;
    this.home = home;
    this.server = server;
    this.databases = databases;
    this.plan = new ClusterPlan(options, home, databases);
    this.management = ManagementFile.of(home.data().path());
  }

  /**
   * Starts everything and returns when the REST API responds. Each part is added to {@code
   * shutdown} when it is started, so the start can be stopped at any moment.
   *
   * @throws CommandFailure with a message for the user, if it cannot be started
   */
  public static LocalCluster start(
      ClusterOptions options, Settings operator, Terminal terminal, Shutdown shutdown) {
    OperatorSettings.check(operator);
    ClusterPlan.requireGatewayPorts(options, operator);
    var home = OpenDataDirectory.open(options.data(), operator, shutdown);
    var server =
        Databases.areConfigured(operator, options.services())
            ? Optional.<EmbeddedServer>empty()
            : Optional.of(startServer(options, home, terminal, shutdown));
    var databases =
        server
            .map(EmbeddedServer::databases)
            .orElseGet(
                () ->
                    Databases.of(
                        options.services(), service -> Databases.configured(operator, service)));
    var cluster = new LocalCluster(options, terminal, home, server, databases);
    // Stopped in the reverse order, so that the gateways stop before what they call.
    options.services().all().forEach(service -> shutdown.add(() -> cluster.stop(service)));
    shutdown.add(cluster.management::delete);
    // Runs first, because members that leave would wait for a frozen one.
    shutdown.add(() -> cluster.members.forEach(MemberProcess::resume));
    cluster.startMembers(cluster.plan.members());
    cluster.finish();
    return cluster;
  }

  private static EmbeddedServer startServer(
      ClusterOptions options, OpenDataDirectory home, Terminal terminal, Shutdown shutdown) {
    terminal.print("Starting PostgreSQL ...");
    var starting =
        shutdown.addStarting(
            "database",
            () ->
                EmbeddedServer.start(
                    home.data(), home.secrets(), options.services(), options.binaries(), terminal),
            EmbeddedServer::close);
    return Waiting.on(starting, Waiting.START_TIMEOUT);
  }

  /**
   * Starts the first member alone, because several at once might each form a cluster. The others
   * follow a few at a time: if all started at once, they would be so slow that they seem stuck.
   */
  private void startMembers(List<MemberPlan> plans) {
    terminal.print("Starting " + plans.size() + " members ...");
    writeManagementFile(plans.stream());
    var atOnce = Runtime.getRuntime().availableProcessors();
    for (var plan : plans) {
      members.add(MemberProcess.start(plan, terminal));
      if (members.size() % atOnce == 1 % atOnce) {
        members.forEach(member -> member.awaitOk("/health/live"));
      }
    }
    members.forEach(MemberProcess::awaitReady);
  }

  private void finish() {
    var client = new RestClient(options.gateways().get(0));
    Readiness.ofApi(client, Waiting.START_TIMEOUT);
    newAdministrator = home.finishFirstStart(client, options.empty(), terminal);
  }

  private void stop(ServiceDescriptor service) {
    var leaving = members(service);
    leaving.forEach(MemberProcess::requestStop);
    leaving.forEach(member -> member.awaitEnd(STOP_TIMEOUT));
  }

  /**
   * The PostgreSQL that was started for this cluster.
   *
   * @throws NoSuchElementException if the operator named other databases
   */
  public EmbeddedServer server() {
    return server.orElseThrow();
  }

  Services services() {
    return options.services();
  }

  /** All members, in the order of their first start. */
  public List<MemberProcess> members() {
    return List.copyOf(members);
  }

  /**
   * The member with this name.
   *
   * @throws CommandFailure if there is none
   */
  public MemberProcess member(String name) {
    return members.stream()
        .filter(member -> member.plan().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("This cluster has no member " + name + "."));
  }

  /** The members that run a service, the oldest first. */
  List<MemberProcess> members(ServiceDescriptor service) {
    return members.stream().filter(member -> member.plan().service().equals(service)).toList();
  }

  /** Stops a member gracefully, and returns when it has exited. */
  public void stop(MemberProcess member) {
    member.requestStop();
    member.awaitEnd(STOP_TIMEOUT);
  }

  /** Restarts a member that has exited, with the same settings. */
  public MemberProcess restart(MemberProcess ended) {
    var restarted = MemberProcess.start(ended.plan(), terminal);
    members.set(members.indexOf(ended), restarted);
    return restarted;
  }

  /** Starts one more member that runs a service. */
  MemberProcess addMember(ServiceDescriptor service) {
    var member =
        MemberProcess.start(plan.additionalMember(service, members(service).size()), terminal);
    members.add(member);
    writeManagementFile(members.stream().map(MemberProcess::plan));
    return member;
  }

  /** Removes a member that has exited. */
  void remove(MemberProcess ended) {
    members.remove(ended);
    writeManagementFile(members.stream().map(MemberProcess::plan));
  }

  private void writeManagementFile(Stream<MemberPlan> plans) {
    management.write(plans.map(member -> URI.create(member.management())).toList());
  }

  /**
   * Waits until a member is ready and every gateway counts it. Frozen gateways are not asked, and
   * frozen members need not be counted.
   *
   * @throws CommandFailure if it exits or takes too long
   */
  void awaitDiscovery(MemberProcess member) {
    member.awaitReady();
    var service = member.plan().service();
    if (service.gateway()) {
      return;
    }
    for (var gateway : members(options.services().gateway())) {
      var health = new RestClient(URI.create(gateway.plan().management()));
      member.awaitDiscovery(
          gateway.plan().name(),
          () ->
              !gateway.isRunning()
                  || Readiness.instances(health, service.name()) >= running(service));
    }
  }

  private long running(ServiceDescriptor service) {
    return members(service).stream().filter(MemberProcess::isRunning).count();
  }

  /**
   * Runs the audit and returns its report.
   *
   * @throws CommandFailure if a database cannot be read
   */
  String audit() {
    try {
      var order = databases.of("order").forAudit("order");
      var product = databases.of("product").forAudit("product");
      return new Audit(order, product).run(AUDIT_WAIT).text();
    } catch (DatabaseUnreadable e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  /** Prints what runs where, with process ids. */
  void announce() {
    var announcement = new Announcement(options.gateways().get(0), newAdministrator);
    for (var member : members) {
      announcement.row(member.plan().name(), member.summary());
    }
    announcement
        .row("documentation", options.gateways().get(0) + "/docs")
        .databases(databases, home.data())
        .row("data", home.data().path().toString());
    terminal.print("\n" + announcement.text());
    newAdministrator.ifPresent(administrator -> home.firstStart().done());
  }
}
