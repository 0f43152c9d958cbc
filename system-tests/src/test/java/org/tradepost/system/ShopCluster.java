package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.proof.audit.Audit;

/** The whole shop, every service in JVMs of its own, on a real PostgreSQL. */
final class ShopCluster implements AutoCloseable {

  static final String ADMIN = "admin@shop.example";
  static final String ADMIN_PASSWORD = "the keeper of the whole shop";

  /** The services that log in JSON; the others log in text. */
  private static final Set<String> JSON_LOGS = Set.of("gateway", "order");

  /** A heartbeat timeout that is shorter than outside of tests. */
  private static final int SHORT_HEARTBEAT_TIMEOUT_SECONDS = 8;

  /** Longer than any test of the shared cluster freezes a node, so that none has to rejoin. */
  private static final int LONG_HEARTBEAT_TIMEOUT_SECONDS = 30;

  /** Enough for all nodes that tests kill, even if the tests are rerun. */
  private static final int MAX_NODES = 80;

  final ShopDatabases databases;
  private final String clusterName = "system-" + UUID.randomUUID();
  private final Deque<Integer> memberPorts;
  private final String members;
  private final int heartbeatTimeoutSeconds;
  private final List<ServiceProcess> processes = new ArrayList<>();

  /** A cluster on this machine. */
  ShopCluster() {
    this(List.of(Host.LOCAL), MAX_NODES, new ShopDatabases(), LONG_HEARTBEAT_TIMEOUT_SECONDS);
  }

  /**
   * @param hosts one, or two: the first node must then run on the first, the third on the second
   * @param nodes how many may be started
   */
  ShopCluster(List<Host> hosts, int nodes, ShopDatabases databases) {
    this(hosts, nodes, databases, SHORT_HEARTBEAT_TIMEOUT_SECONDS);
  }

  private ShopCluster(
      List<Host> hosts, int nodes, ShopDatabases databases, int heartbeatTimeoutSeconds) {
    this.databases = databases;
    this.heartbeatTimeoutSeconds = heartbeatTimeoutSeconds;
    memberPorts = new ArrayDeque<>(FreePorts.find(nodes));
    // Two nodes that always run: a node that looks for others waits 5 s for each that does not.
    var ports = List.copyOf(memberPorts);
    members =
        Stream.of(0, 1)
            .map(
                i ->
                    HostName.beforePort(hosts.get(i * (hosts.size() - 1)).address())
                        + ":"
                        + ports.get(i * hosts.size()))
            .collect(Collectors.joining(","));
  }

  /** Starts one more instance of a service; it may take a while until it is ready. */
  ServiceProcess start(String service) {
    return start(service, Host.LOCAL);
  }

  /** Starts one more instance of a service on a host. */
  ServiceProcess start(String service, Host host) {
    return start(service, host, Map.of());
  }

  /** Starts one more instance of a service, with environment variables besides its settings. */
  ServiceProcess start(String service, Host host, Map<String, String> environment) {
    var name = service + "-" + (1 + processes.size());
    var ports = FreePorts.find(2);
    var settings = new HashMap<>(nodeSettings(name));
    settings.putAll(host.settings());
    settings.putAll(databases.settings(service));
    settings.computeIfPresent("TRADEPOST_DATABASE_URL", (setting, url) -> host.databaseUrl(url));
    settings.put("TRADEPOST_MANAGEMENT_PORT", ports.get(0).toString());
    settings.put("TRADEPOST_HTTP_PORT", ports.get(1).toString());
    settings.put("TRADEPOST_LOG_FORMAT", JSON_LOGS.contains(service) ? "json" : "text");
    settings.put("TRADEPOST_ADMIN_EMAIL", ADMIN);
    settings.put("TRADEPOST_ADMIN_PASSWORD", ADMIN_PASSWORD);
    settings.putAll(environment);
    return add(new ServiceProcess(service, name, settings, host));
  }

  /** Starts an instance again that has ended, with the same ports and settings. */
  ServiceProcess restart(ServiceProcess ended, Host host) {
    return add(new ServiceProcess(ended.service, ended.name, ended.settings, host));
  }

  private ServiceProcess add(ServiceProcess process) {
    processes.add(process);
    return process;
  }

  /** Starts the instances that are missing, side by side, and waits until all are ready. */
  void require(String... services) {
    var present = new ArrayList<>(living().map(process -> process.service).toList());
    Arrays.stream(services).filter(service -> !present.remove(service)).forEach(this::start);
    awaitReady();
  }

  /** The same, and kills all other instances, which other tests have left. */
  void requireOnly(String... services) {
    var wanted = new ArrayList<>(List.of(services));
    living().toList().stream()
        .filter(process -> !wanted.remove(process.service))
        .forEach(ServiceProcess::kill);
    require(services);
  }

  void awaitReady() {
    living().forEach(ServiceProcess::awaitReady);
  }

  /** The instances of a service that run, the oldest first. */
  List<ServiceProcess> living(String service) {
    return living().filter(process -> process.service.equals(service)).toList();
  }

  private Stream<ServiceProcess> living() {
    return processes.stream().filter(ServiceProcess::isAlive);
  }

  /** The report of the audit. */
  String audit() {
    return new Audit(databases.audited("order"), databases.audited("product"))
        .run(Duration.ofMinutes(1))
        .text();
  }

  /** The settings by which one more node joins. */
  Map<String, String> nodeSettings(String name) {
    return Map.of(
        "TRADEPOST_NODE_NAME",
        name,
        "TRADEPOST_CLUSTER_NAME",
        clusterName,
        "TRADEPOST_CLUSTER_SECRET",
        TestNode.SECRET,
        "TRADEPOST_CLUSTER_PORT",
        memberPorts.remove().toString(),
        "TRADEPOST_CLUSTER_MEMBERS",
        members,
        "TRADEPOST_CLUSTER_HEARTBEAT_TIMEOUT_SECONDS",
        Integer.toString(heartbeatTimeoutSeconds),
        "TRADEPOST_LEAVE_SECONDS",
        "0");
  }

  /** A client of the shop, through a gateway that has the routes of the order service by now. */
  static ShopClient shop(ServiceProcess gateway) {
    var shop = new ShopClient(gateway.url("TRADEPOST_HTTP_PORT"));
    await().until(() -> shop.get("/openapi.json", null).response().body().contains("placeOrder"));
    return shop;
  }

  /** Stops one instance of each service normally, so that later clusters start faster. */
  void leaveArchives() {
    var leaving = ServiceProcess.onePerServiceThatArchives(living().toList());
    leaving.forEach(ServiceProcess::requestStop);
    leaving.forEach(ServiceProcess::awaitArchive);
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::kill);
  }
}
