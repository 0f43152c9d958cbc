package org.tradepost.benchmarks.subjects;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.tradepost.benchmarks.load.HttpClients;
import org.tradepost.benchmarks.load.LoadContestant;
import org.tradepost.benchmarks.load.LoadRequest;
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
  /** So many new orders a gateway lets through to the service at any time; see adr/0013. */
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

  /** Lets it place orders until its code is compiled. */
  void warmUp(Duration time) {
    var orders = shop.anyOrders();
    try (var placing = orderSide(ORDER_CONNECTIONS, orders)) {
      placing.startedCold(time);
    }
    // Of an order that was given up while all was cold, the hold expires; then there is more stock.
    Await.until(() -> count("product", HELD) == 0, SETTLING_TIMEOUT, "the last hold to end");
    tidy();
  }

  /** Does what PostgreSQL would do by itself later, during a measurement. */
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

  /** A side of so many HTTP connections. */
  public LoadContestant side(String name, int connections, LoadRequest.Source source) {
    return new LoadContestant(
        String.format(
            Locale.ROOT, "%s (%s, %d connections)", name, deployment.title(), connections),
        () -> new HttpClients(connections, tradepost.port(), source),
        cpu());
  }

  /** The same, but waits after each load until the stock of every order is settled. */
  public LoadContestant orderSide(int connections, OrderRequests orders) {
    return orderSide("place an order", connections, orders);
  }

  public LoadContestant orderSide(String name, int connections, OrderRequests orders) {
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

  /** Runs the audit; fails if it finds anything. */
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
