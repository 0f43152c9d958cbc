package org.tradepost.system;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tradepost.platform.testing.TestNode;

/**
 * Two gateways behind a load balancer, two instances each of the product and the order service, and
 * customers who never pause. If this machine can be divided, the second instances are on another
 * host; the authentication service is on the first.
 */
final class BalancedShop implements AutoCloseable {

  private static final int NODES = 8;
  private static final int CUSTOMERS = 50;

  final ShopDatabases databases = new ShopDatabases();
  final ShopCluster cluster;
  final Host first;
  final Host second;

  /** The proxy between each order instance and its database. */
  final List<DatabaseProxy> orderDatabases;

  private final Optional<TwoHosts> divided;
  private final Vertx vertx = Vertx.vertx();
  private Customers customers;
  private LoadBalancer balancer;
  private SteadyLoad load;

  BalancedShop() {
    divided =
        TwoHosts.arePossible() ? Optional.of(new TwoHosts(databases.port())) : Optional.empty();
    var hosts = divided.map(TwoHosts::both).orElse(List.of(Host.LOCAL));
    cluster = new ShopCluster(hosts, NODES, databases);
    first = hosts.get(0);
    second = hosts.get(hosts.size() - 1);
    orderDatabases =
        Stream.of(first, second)
            .map(host -> new DatabaseProxy(vertx, host.server(), databases.port()))
            .toList();
  }

  /**
   * @param ahead how many seconds the clocks of the second gateway and the second order instance
   *     are ahead
   */
  void start(int ahead) {
    var shifted = ahead == 0 ? second : second.ahead(ahead);
    cluster.start("auth", first).awaitReady();
    cluster.start("product", first);
    cluster.start("product", second);
    cluster.start("order", first.withDatabaseProxy(orderDatabases.get(0)));
    cluster.start("order", shifted.withDatabaseProxy(orderDatabases.get(1)));
    cluster.start("gateway", first);
    cluster.start("gateway", shifted);
    cluster.awaitReady();
    serve();
  }

  private void serve() {
    customers = new Customers(databases);
    var shop = ShopCluster.shop(cluster.living("gateway").get(0));
    var lamp = newLamp(shop);
    balancer = new LoadBalancer(cluster.living("gateway"));
    var shoppers = new Shoppers(balancer.url(), lamp, customers.next(CUSTOMERS));
    load = new SteadyLoad(shoppers::send);
  }

  private static String newLamp(ShopClient shop) {
    var admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    return shop.newProduct(admin, 1_000_000);
  }

  boolean isOnTwoHosts() {
    return divided.isPresent();
  }

  void cutOffSecondHost() {
    divided.orElseThrow().cutOffSecond();
  }

  /** The first or the second instance of a service. */
  ServiceProcess instance(String service, int number) {
    return cluster.living(service).get(number - 1);
  }

  /** The first response of a gateway to a valid token, bypassing the load balancer. */
  ShopClient.Reply firstReply(ServiceProcess gateway) {
    var shop = new ShopClient(gateway.url("TRADEPOST_HTTP_PORT"));
    var customer = customers.next();
    return await()
        .ignoreExceptions()
        .until(() -> shop.get("/v1/orders", customer), reply -> reply.status() > 0);
  }

  /** The requests that the customers send all the time. */
  SteadyLoad load() {
    return load;
  }

  /** A client that provokes faults, through the same load balancer. */
  Troublemaker troublemaker() {
    return new Troublemaker(balancer.url(), customers.next());
  }

  /** The status of the response to one more customer who opens a stream of events. */
  int openStream() {
    return Troublemaker.openStream(balancer.url(), customers.next());
  }

  @Override
  public void close() {
    Optional.ofNullable(load).ifPresent(SteadyLoad::close);
    Optional.ofNullable(balancer).ifPresent(LoadBalancer::close);
    cluster.close();
    TestNode.await(vertx.close());
    divided.ifPresent(TwoHosts::close);
  }
}
