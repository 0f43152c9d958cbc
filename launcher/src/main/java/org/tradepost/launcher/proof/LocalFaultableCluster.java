package org.tradepost.launcher.proof;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cli.Waiting;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.cluster.LocalCluster;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.postgres.EmbeddedServer;
import org.tradepost.launcher.services.Databases;
import org.tradepost.launcher.services.ServiceDescriptor;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.torture.FaultableCluster;

/** A local cluster with its own PostgreSQL, all of which can be killed and restarted. */
final class LocalFaultableCluster implements FaultableCluster {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final ClusterOptions options;
  private final EmbeddedServer server;
  private final LocalCluster cluster;
  private final AuditedDatabases databases;
  private final Map<String, RestClient> health;

  /** The members that are down on purpose. */
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  private LocalFaultableCluster(
      ClusterOptions options,
      EmbeddedServer server,
      LocalCluster cluster,
      AuditedDatabases databases) {
    this.options = options;
    this.server = server;
    this.cluster = cluster;
    this.databases = databases;
    this.health =
        cluster.members().stream()
            .collect(
                Collectors.toMap(
                    member -> member.plan().name(),
                    member -> new RestClient(URI.create(member.plan().management()))));
  }

  /**
   * Starts everything; see {@link LocalCluster#start}.
   *
   * @param options its data directory gets a directory for the server and one for the cluster
   * @param operator the settings of the members
   * @param log gets the output of the members
   */
  static LocalFaultableCluster start(
      ClusterOptions options, Map<String, String> operator, Terminal log, Shutdown shutdown) {
    var directory = options.data().resolve("server");
    var data = DataDirectory.open(directory);
    shutdown.add(data::close);
    var starting =
        shutdown.addStarting(
            "database",
            () ->
                EmbeddedServer.start(
                    data, Secrets.of(data), options.services(), options.binaries(), log),
            EmbeddedServer::close);
    var server = Waiting.on(starting, START_TIMEOUT);
    var settings = new HashMap<>(operator);
    for (var service : options.services().withDatabase()) {
      settings.putAll(settings(service, server.databases()));
    }
    var cluster =
        LocalCluster.start(options.inSubdirectory("cluster"), Settings.of(settings), log, shutdown);
    return new LocalFaultableCluster(
        options, server, cluster, AuditedDatabases.of(Settings.of(Map.of()), directory));
  }

  private static Map<String, String> settings(ServiceDescriptor service, Databases databases) {
    return databases.settingsOf(service).entrySet().stream()
        .collect(
            Collectors.toMap(
                setting ->
                    setting.getKey().replace("TRADEPOST_DATABASE_", service.databaseSettings()),
                Map.Entry::getValue));
  }

  @Override
  public List<String> members() {
    return cluster.members().stream().map(member -> member.plan().name()).toList();
  }

  @Override
  public List<URI> gateways() {
    return options.gateways();
  }

  @Override
  public AuditedDatabase orders() {
    return databases.orders();
  }

  @Override
  public AuditedDatabase product() {
    return databases.product();
  }

  @Override
  public void kill(String member) {
    down.add(member);
    cluster.member(member).kill();
  }

  @Override
  public void freeze(String member) {
    cluster.member(member).freeze();
  }

  @Override
  public void resume(String member) {
    cluster.member(member).resume();
  }

  @Override
  public void stop(String member) {
    down.add(member);
    cluster.stop(cluster.member(member));
  }

  /** Starts it once, even if two of its faults overlap because a stop took longer than planned. */
  @Override
  public synchronized void start(String member) {
    if (!cluster.member(member).isAlive()) {
      cluster.restart(cluster.member(member));
    }
    down.remove(member);
  }

  @Override
  public void crashPostgres() {
    server.crash();
  }

  @Override
  public void startPostgres() {
    server.restart();
  }

  @Override
  public List<String> revive() {
    var ended =
        members().stream()
            .filter(member -> !down.contains(member) && !cluster.member(member).isAlive())
            .toList();
    ended.forEach(this::start);
    return ended;
  }

  @Override
  public boolean isReady() {
    return members().stream().allMatch(member -> health.get(member).answers("/health/ready"));
  }
}
