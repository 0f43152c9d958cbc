package org.tradepost.benchmarks.subjects;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.benchmarks.load.LoadSide;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.CpuTime;
import org.tradepost.benchmarks.workload.BenchmarkClient;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.benchmarks.workload.OrderRequests;
import org.tradepost.benchmarks.workload.PostgresServer;

/** A running Tradepost with products in stock. */
public record RunningTradepost(
    Deployment deployment, Tradepost tradepost, PostgresServer server, BenchmarkShop shop)
    implements AutoCloseable {
  /** How many new orders a gateway lets through to the service at once; see adr/0013. */
  public static final int ORDER_CONNECTIONS = 256;

  private static final Duration SETTLING_TIMEOUT = Duration.ofMinutes(2);
  private static final String BUSY =
      "select count(*) as many from pg_stat_activity where state = 'active' and usename <> 'bench'";
  private static final String HELD = "select count(*) as many from hold where state = 'HELD'";
  private static final String UNSETTLED =
      "select count(*) as many from undelivered where parked_at is null";

  static RunningTradepost of(Deployment deployment, Tradepost tradepost) {
    try {
      var shop = BenchmarkShop.open(tradepost.port());
      var server = PostgresServer.of(tradepost.data());
      OrderWork.makeDatabase(server);
      return new RunningTradepost(deployment, tradepost, server, shop);
    } catch (RuntimeException e) {
      tradepost.close();
      throw e;
    }
  }

  /** Places orders until the code is compiled. */
  void warmUp(Duration time) {
    var orders = shop.anyOrders();
    try (var placing = orderSide(ORDER_CONNECTIONS, orders)) {
      placing.startedCold(time);
    }
    // If an order timed out while all was cold, its hold expires later, which changes the stock.
    Await.until(() -> count("product", HELD) == 0, SETTLING_TIMEOUT, "the last hold to end");
    tidy();
  }

  /** Does now what PostgreSQL would otherwise do during a measurement. */
  public void tidy() {
    server.run("product", "vacuum analyze");
    server.run("orders", "vacuum analyze");
    server.run("postgres", "checkpoint");
  }

  CpuTime cpu() {
    var processes = new LinkedHashMap<String, Long>(tradepost.processes());
    processes.put(CpuTime.POSTGRES, server.pid());
    return new CpuTime(processes);
  }

  /** A side with that many HTTP connections. */
  public LoadSide side(String name, int connections, LoadRequest.Source source) {
    return new LoadSide(
        String.format(
            Locale.ROOT, "%s (%s, %d connections)", name, deployment.title(), connections),
        () -> new HttpClients(connections, tradepost.port(), source),
        cpu());
  }

  /** A side that places orders, and waits after each load until all their stock is settled. */
  public LoadSide orderSide(int connections, OrderRequests orders) {
    return orderSide("place an order", connections, orders);
  }

  public LoadSide orderSide(String name, int connections, OrderRequests orders) {
    return side(name, connections, orders).settling(this::awaitSettled);
  }

  private void awaitSettled() {
    Await.until(() -> count("orders", UNSETTLED) == 0, SETTLING_TIMEOUT, "all stock to be settled");
  }

  /** Waits until abandoned work has ended, and the services respond again. */
  public void awaitIdle() {
    var rest = new BenchmarkClient(tradepost.port());
    Await.until(
        () -> count("postgres", BUSY) == 0 && rest.answers("/v1/products?limit=1"),
        SETTLING_TIMEOUT,
        "the services to answer again");
  }

  /** How many orders there are. */
  public long orders() {
    return count("orders", "select count(*) as many from orders where status <> 'ABANDONED'");
  }

  private long count(String database, String sql) {
    return server.rows(database, sql, Tuple.tuple()).get(0).getLong("many");
  }

  /** Runs the audit and returns the last line of its report; fails if the audit finds anything. */
  String audit() {
    var report = tradepost.command("audit", "--wait", "60");
    return report.strip().lines().reduce((first, last) -> last).orElse("");
  }

  @Override
  public void close() {
    server.close();
    tradepost.close();
  }
}
