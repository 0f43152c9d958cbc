package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The network between two hosts breaks and comes back. Both have a gateway, a product and an order
 * instance; one has the authentication service. Both can reach the databases all the time.
 */
@Tag("system")
class PartitionTest {

  /** Long enough for a busy machine. */
  private static final Duration REUNION = Duration.ofMinutes(1);

  private static final int STOCK = 60;
  private static TwoHosts hosts;
  private static ShopCluster cluster;
  private static List<ShopClient> shops;
  private static Customers customers;
  private static String lamp;

  @BeforeAll
  static void start() {
    assumeThat(TwoHosts.arePossible())
        .as("network namespaces can be made here: it takes Linux, iproute2 and root")
        .isTrue();
    var databases = new ShopDatabases();
    hosts = new TwoHosts(databases.port());
    cluster = new ShopCluster(hosts.both(), 7, databases);
    var left = hosts.both().get(0);
    var right = hosts.both().get(1);
    cluster.start("auth", left).awaitReady();
    for (var service : List.of("product", "order", "gateway")) {
      cluster.start(service, left);
      cluster.start(service, right);
    }
    cluster.awaitReady();
    shops = cluster.living("gateway").stream().map(ShopCluster::shop).toList();
    customers = new Customers(databases);
    var admin = shops.get(0).logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    lamp = shops.get(0).newProduct(admin, STOCK);
    awaitInstances(2);
  }

  @AfterAll
  static void stop() {
    if (hosts != null) {
      cluster.close();
      hosts.close();
    }
  }

  /** One test, since none of its steps can be rerun by itself. */
  @Test
  void nothing_is_doubled_while_hosts_are_separated_and_all_is_served_afterwards() {
    bothSidesGoOn();
    onlyWhatTheOtherSideHadIsUnavailable();
    everybodyReachesEverybodyAgain();
  }

  /** The databases decide, so it does no harm that the two sides do not see each other. */
  private static void bothSidesGoOn() {
    hosts.separate();
    var customer = customers.next();
    try (var buyers = new Buyers(20)) {
      for (var i = 0; i < STOCK; i++) {
        var key = "both sides try " + i;
        for (var shop : shops) {
          buyers.send(() -> Buyers.insist(() -> shop.order(customer, lamp, 1, key)));
        }
      }
      var replies = buyers.answers();
      assertThat(replies).hasSize(2 * STOCK).allSatisfy(reply -> reply.expect(201));
      assertThat(replies.stream().map(ShopClient.Reply::id).distinct()).hasSize(STOCK);
    }
    for (var shop : shops) {
      var rejection = Buyers.insist(() -> shop.order(customer, lamp, 1, "too late"));
      assertThat(rejection.expect(409).body().path("code").asText()).isEqualTo("OUT_OF_STOCK");
    }
  }

  private static void onlyWhatTheOtherSideHadIsUnavailable() {
    awaitInstances(1);
    var customer = customers.next();
    Buyers.insist(() -> logIn(shops.get(0))).expect(200);
    logIn(shops.get(1)).expect(503);
    Buyers.insist(() -> shops.get(1).get("/v1/orders", customer)).expect(200);
  }

  private static void everybodyReachesEverybodyAgain() {
    hosts.rejoin();
    awaitInstances(2);
    await().atMost(REUNION).until(() -> logIn(shops.get(1)).status() == 200);
    for (var shop : shops) {
      eachProductInstanceIsSentRequests(shop);
    }
    // Without products here and orders there, each gateway depends on the other host.
    cluster.living("product").get(1).kill();
    cluster.living("order").get(0).kill();
    for (var shop : shops) {
      var customer = customers.next();
      Buyers.insist(() -> shop.get("/v1/orders", customer)).expect(200);
      Buyers.insist(() -> shop.order(customer, lamp, 1, "too late")).expect(409);
      assertThat(shop.available(lamp)).isZero();
    }
    assertThat(cluster.audit()).contains("Clean.");
  }

  /** A node that was unresponsive and left must not count as unresponsive for ever. */
  private static void eachProductInstanceIsSentRequests(ShopClient shop) {
    var customer = customers.next();
    for (var product : cluster.living("product")) {
      var before = productsRead(product);
      await("requests to " + product.name)
          .until(
              () ->
                  shop.get("/v1/products/" + lamp, customer).status() == 200
                      && productsRead(product) > before);
    }
  }

  private static double productsRead(ServiceProcess product) {
    return product
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tradepost_batch_size_count{queue=\"products to read\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static ShopClient.Reply logIn(ShopClient shop) {
    return shop.post(
        "/v1/auth/login",
        null,
        Map.of("email", ShopCluster.ADMIN, "password", ShopCluster.ADMIN_PASSWORD));
  }

  /** Waits until both gateways see {@code count} instances of the product and the order service. */
  private static void awaitInstances(int count) {
    for (var gateway : cluster.living("gateway")) {
      for (var service : List.of("product", "order")) {
        await(service + " seen by " + gateway.name)
            .atMost(REUNION)
            .until(() -> gateway.instances(service) == count);
      }
    }
  }
}
