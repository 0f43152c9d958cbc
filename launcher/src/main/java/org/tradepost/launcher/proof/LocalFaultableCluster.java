package org.tradepost.launcher.proof;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.Shutdown;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterOptions;
import org.tradepost.launcher.cluster.LocalCluster;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.torture.FaultableCluster;

/** A local cluster with its own PostgreSQL, all of which can be killed and restarted. */
final class LocalFaultableCluster implements FaultableCluster {
  private final ClusterOptions options;
  private final LocalCluster cluster;
  private final AuditedDatabases databases;
  private final Map<String, RestClient> health;

  /** The members that are down on purpose. */
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  private LocalFaultableCluster(
      ClusterOptions options, LocalCluster cluster, AuditedDatabases databases) {
    this.options = options;
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
   * @param options its data directory gets a directory {@code cluster}
   * @param operator the settings of the members, without databases
   * @param log gets the output of the members
   */
  static LocalFaultableCluster start(
      ClusterOptions options, Map<String, String> operator, Terminal log, Shutdown shutdown) {
    var home = options.inSubdirectory("cluster");
    var cluster = LocalCluster.start(home, Settings.of(operator), log, shutdown);
    return new LocalFaultableCluster(
        options, cluster, AuditedDatabases.of(Settings.of(Map.of()), home.data()));
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
    cluster.server().crash();
  }

  @Override
  public void startPostgres() {
    cluster.server().restart();
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
