package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradepost.common.testing.TestNode;

/** The whole shop, every service in JVMs of its own, on a real PostgreSQL. */
final class ShopCluster implements AutoCloseable {

  static final String ADMIN = "admin@shop.example";
  static final String ADMIN_PASSWORD = "the keeper of the whole shop";

  private static ShopCluster shared;

  final ShopDatabases databases = new ShopDatabases();
  private final List<Integer> memberPorts = new ArrayList<>(FreePorts.find(24));
  private final String clusterName = "system-" + UUID.randomUUID();
  private final String members =
      memberPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  private final List<ServiceProcess> processes = new ArrayList<>();

  /** The one that test classes share, since a cluster is dear to start; it ends with this JVM. */
  static synchronized ShopCluster shared() {
    if (shared == null) {
      shared = new ShopCluster();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Starts one more instance of a service; it may take a while until it is ready. */
  ServiceProcess start(String service) {
    var name = service + "-" + (1 + processes.size());
    var ports = FreePorts.find(2);
    var settings = new HashMap<>(nodeSettings(name));
    settings.putAll(databases.settings(service));
    settings.put("TRADEPOST_MANAGEMENT_PORT", ports.get(0).toString());
    settings.put("TRADEPOST_HTTP_PORT", ports.get(1).toString());
    settings.put("TRADEPOST_ADMIN_EMAIL", ADMIN);
    settings.put("TRADEPOST_ADMIN_PASSWORD", ADMIN_PASSWORD);
    var process = new ServiceProcess(service, name, settings);
    processes.add(process);
    return process;
  }

  /** Starts the instances that are missing, side by side, and waits until all are ready. */
  void require(String... services) {
    var present = new ArrayList<>(living().map(process -> process.service).toList());
    Arrays.stream(services).filter(service -> !present.remove(service)).forEach(this::start);
    living().forEach(ServiceProcess::awaitReady);
  }

  /** The instances of a service that run, the oldest first. */
  List<ServiceProcess> living(String service) {
    return living().filter(process -> process.service.equals(service)).toList();
  }

  private Stream<ServiceProcess> living() {
    return processes.stream().filter(ServiceProcess::isAlive);
  }

  /** What {@code tradepost audit} says. */
  String audit() {
    return ServiceProcess.output("launcher", databases.auditSettings(), "audit", "--wait", "10");
  }

  /** The settings by which a further node joins. */
  Map<String, String> nodeSettings(String name) {
    return Map.of(
        "TRADEPOST_NODE_NAME", name,
        "TRADEPOST_CLUSTER_NAME", clusterName,
        "TRADEPOST_CLUSTER_SECRET", TestNode.SECRET,
        "TRADEPOST_CLUSTER_PORT", memberPorts.remove(0).toString(),
        "TRADEPOST_CLUSTER_MEMBERS", members);
  }

  /** A customer's view of the shop, through a gateway that knows by now what is served. */
  static Shop shop(ServiceProcess gateway) {
    var shop = new Shop("http://127.0.0.1:" + gateway.settings.get("TRADEPOST_HTTP_PORT"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> shop.get("/openapi.json", null).response().body().contains("placeOrder"));
    return shop;
  }

  /** Stops one instance of each service in good order, so that later clusters start faster. */
  void leaveArchives() {
    var leaving = ServiceProcess.oneOfEachThatArchives(living().toList());
    leaving.forEach(ServiceProcess::askToStop);
    leaving.forEach(ServiceProcess::awaitArchive);
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::kill);
  }
}
