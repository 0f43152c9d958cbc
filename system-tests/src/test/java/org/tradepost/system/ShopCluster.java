package org.tradepost.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tradepost.common.testing.TestDatabase;
import org.tradepost.common.testing.TestNode;

/** The whole shop, every service in JVMs of its own, on a real PostgreSQL. */
final class ShopCluster implements AutoCloseable {

  static final String ADMIN = "admin@shop.example";
  static final String ADMIN_PASSWORD = "the keeper of the whole shop";

  private final Map<String, Map<String, String>> databases =
      Map.of(
          "auth", TestDatabase.settings(),
          "product", TestDatabase.settings(),
          "order", TestDatabase.settings());
  private final List<Integer> memberPorts = new ArrayList<>(FreePorts.find(24));
  private final String clusterName = "system-" + UUID.randomUUID();
  private final String members =
      memberPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  private final List<ServiceProcess> processes = new ArrayList<>();

  /** Starts one more instance of a service; it may take a while until it is ready. */
  ServiceProcess start(String service) {
    var name = service + "-" + (1 + processes.size());
    var ports = FreePorts.find(2);
    var settings = new HashMap<>(nodeSettings(name));
    settings.putAll(databases.getOrDefault(service, Map.of()));
    settings.put("TRADEPOST_MANAGEMENT_PORT", ports.get(0).toString());
    settings.put("TRADEPOST_HTTP_PORT", ports.get(1).toString());
    settings.put("TRADEPOST_ADMIN_EMAIL", ADMIN);
    settings.put("TRADEPOST_ADMIN_PASSWORD", ADMIN_PASSWORD);
    var process = new ServiceProcess(service, name, settings);
    processes.add(process);
    return process;
  }

  /** What {@code tradepost audit} says. */
  String audit() {
    var settings = new HashMap<String, String>();
    for (var service : new String[] {"product", "order"}) {
      databases
          .get(service)
          .forEach(
              (name, value) ->
                  settings.put(
                      name.replace(
                          "TRADEPOST_", "TRADEPOST_" + service.toUpperCase(Locale.ROOT) + "_"),
                      value));
    }
    return ServiceProcess.output("launcher", settings, "audit", "--wait", "10");
  }

  /** A connection to a service's database, as the superuser of the test's server. */
  Connection connect(String service) {
    var settings = databases.get(service);
    try {
      return DriverManager.getConnection(
          "jdbc:" + settings.get("TRADEPOST_DATABASE_URL"),
          settings.get("TRADEPOST_DATABASE_USER"),
          settings.get("TRADEPOST_DATABASE_PASSWORD"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement in a service's database. */
  void execute(String service, String sql) {
    try (var connection = connect(service);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number that a query of a service's database gives. */
  long number(String service, String sql) {
    try (var connection = connect(service);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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

  /** A customer's view of the shop, through the given gateway. */
  static Shop shop(ServiceProcess gateway) {
    return new Shop("http://127.0.0.1:" + gateway.settings.get("TRADEPOST_HTTP_PORT"));
  }

  @Override
  public void close() {
    processes.forEach(ServiceProcess::kill);
  }
}
