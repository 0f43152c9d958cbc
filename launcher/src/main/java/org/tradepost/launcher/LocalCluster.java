package org.tradepost.launcher;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tradepost.common.runtime.Settings;

/** Every service in JVMs of its own, as processes of this machine. */
final class LocalCluster {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final ClusterOptions options;
  private final Console console;
  private final Home home;
  private final Databases databases;
  private final List<MemberProcess> members = new CopyOnWriteArrayList<>();
  private Optional<Administrator> made = Optional.empty();

  private LocalCluster(ClusterOptions options, Console console, Home home, Databases databases) {
    this.options = options;
    this.console = console;
    this.home = home;
    this.databases = databases;
  }

  /**
   * Starts everything and returns when the REST API answers. What was started is added to {@code
   * shutdown} on the way, so that a start can be stopped at any moment.
   *
   * @throws StartFailure if something is in the way, in words for the person who started it
   */
  static LocalCluster start(
      ClusterOptions options, Settings operator, Console console, Shutdown shutdown) {
    ClusterPlan.requireGatewayPorts(options);
    Home home = Home.open(options.data(), operator, shutdown);
    Databases databases =
        Databases.areConfigured(home.operator())
            ? Databases.configured(home.operator())
            : embedded(options, home, console, shutdown);
    LocalCluster cluster = new LocalCluster(options, console, home, databases);
    // Taken the other way round: no request comes in that nobody is left to answer.
    ClusterPlan.SERVICES.forEach(service -> shutdown.add(() -> cluster.stop(service)));
    List<MemberPlan> plans = new ClusterPlan(options, home, databases).members();
    Management.of(home.data().path())
        .tell(plans.stream().map(plan -> URI.create(plan.management())).toList(), shutdown);
    cluster.startMembers(plans);
    cluster.finish();
    return cluster;
  }

  private static Databases embedded(
      ClusterOptions options, Home home, Console console, Shutdown shutdown) {
    console.say("Starting PostgreSQL ...");
    EmbeddedServer server =
        EmbeddedServer.start(home.data(), home.secrets(), options.binaries(), console);
    shutdown.add(server::close);
    return server.databases();
  }

  /**
   * The first founds the cluster alone, for several at once might found one each. The others follow
   * a few at a time: all at once, each would be slow enough to be taken for stuck.
   */
  private void startMembers(List<MemberPlan> plans) {
    console.say("Starting " + plans.size() + " members ...");
    int atOnce = Runtime.getRuntime().availableProcessors();
    for (MemberPlan plan : plans) {
      members.add(MemberProcess.start(plan, console));
      if (members.size() % atOnce == 1 % atOnce) {
        members.forEach(member -> awaitMember(member, "/health/live"));
      }
    }
    members.forEach(member -> awaitMember(member, "/health/ready"));
  }

  private static void awaitMember(MemberProcess member, String path) {
    RestClient client = new RestClient(URI.create(member.plan().management()));
    boolean settled =
        Readiness.await(() -> !member.isAlive() || Readiness.answers(client, path), START_PATIENCE);
    if (!member.isAlive()) {
      throw new StartFailure(
          member.plan().name() + " ended during the start; see its words above.");
    }
    if (!settled) {
      throw new StartFailure(
          "%s did not become ready within %d s."
              .formatted(member.plan().name(), START_PATIENCE.toSeconds()));
    }
  }

  private void finish() {
    RestClient client = new RestClient(options.gateway(0));
    Readiness.ofApi(client, START_PATIENCE);
    made = home.finishFirstStart(client, options.empty(), console);
  }

  private void stop(String service) {
    List<MemberProcess> leaving =
        members.stream().filter(member -> member.plan().service().equals(service)).toList();
    leaving.forEach(MemberProcess::askToStop);
    leaving.forEach(member -> member.awaitEnd(STOP_PATIENCE));
  }

  /** All members, in the order in which they were started first. */
  List<MemberProcess> members() {
    return List.copyOf(members);
  }

  /** Starts a member that has ended, as it was started before. */
  void startAgain(MemberProcess ended) {
    members.set(members.indexOf(ended), MemberProcess.start(ended.plan(), console));
  }

  /** Tells what is running where, and under which process id. */
  void announce() {
    Announcement announcement = new Announcement(options.gateway(0), made);
    for (MemberProcess member : members) {
      String http = member.plan().settings().getOrDefault("TRADEPOST_HTTP_PORT", "");
      String api = http.isEmpty() ? "" : ", REST API http://127.0.0.1:" + http + "/v1";
      announcement.row(
          member.plan().name(),
          "process %d, health %s/health/ready%s"
              .formatted(member.pid(), member.plan().management(), api));
    }
    announcement
        .row("documentation", options.gateway(0) + "/docs")
        .databases(databases, home.data())
        .row("data", home.data().path().toString());
    console.say("\n" + announcement.text());
    home.announced();
  }
}
