package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two instances of each service and many customers. Under load, one of two instances is frozen and
 * resumes after the other has done its work, instances die, and the database server stops.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Turmoil extends ClusterFailures {

  private static List<ServiceProcess> products;
  private static List<ServiceProcess> orders;
  private static List<ShopClient> shops;
  private static ShopClient shop;
  private static Customers customers;
  private static String admin;

  private String customer;

  @BeforeAll
  static void start() {
    databases.commitSynchronously("product", true);
    databases.commitSynchronously("order", true);
    cluster.require("auth", "product", "product", "order", "order", "gateway", "gateway");
    products = new ArrayList<>(cluster.living("product"));
    orders = new ArrayList<>(cluster.living("order"));
    shops = cluster.living("gateway").stream().map(ShopCluster::shop).toList();
    shop = shops.get(0);
    customers = new Customers(databases);
    admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    warmUp();
  }

  /** Each gateway calls the instances in turn, and the first request to a JVM is slow. */
  private static void warmUp() {
    var lamp = shop.newProduct(admin, 100);
    for (var gateway : shops) {
      Buyers.insist(() -> gateway.order(customers.next(), lamp, 1, "first")).expect(201);
      Buyers.insist(() -> gateway.order(customers.next(), lamp, 1, "second")).expect(201);
    }
  }

  @BeforeEach
  void enter() {
    customer = customers.next();
  }

  /** Whatever is still held, for no order or for a written one, is settled once it expires. */
  @AfterEach
  void the_audit_is_clean() {
    databases.waitForStandby(false);
    databases.expireHolds();
    await().until(() -> databases.number("product", "select sum(reserved) from stock") == 0);
    assertThat(cluster.audit()).contains("Clean.");
  }

  @Test
  @Order(1)
  void fifty_posts_with_one_key_through_two_gateways_get_one_answer() {
    var lamp = shop.newProduct(admin, 100);
    try (var buyers = new Buyers(50)) {
      for (var i = 0; i < 50; i++) {
        var gateway = shops.get(i % 2);
        buyers.send(() -> Buyers.insist(() -> gateway.order(customer, lamp, 1, "one key")));
      }
      var replies = buyers.answers();
      assertThat(replies).hasSize(50).allSatisfy(reply -> reply.expect(201));
      assertThat(replies)
          .extracting(reply -> reply.response().body())
          .containsOnly(replies.get(0).response().body());
    }
    assertThat(written(lamp)).isEqualTo(1);
    assertThat(shop.available(lamp)).isEqualTo(99);
  }

  /**
   * The order service writes one order at a time here. The first is blocked, so the second waits in
   * memory, with its stock held. The zombie writes it when no one expects it any more.
   */
  @Test
  @Order(2)
  void a_frozen_order_service_writes_what_was_given_up_meanwhile() throws SQLException {
    var zombie = orders.get(0);
    var other = orders.get(1);
    var lamp = shop.newProduct(admin, 10);
    var vase = shop.newProduct(admin, 10);
    other.freeze();
    try (var writing = databases.connect("order")) {
      ShopDatabases.lock(writing, "orders");
      // Each gateway calls the instances in turn, so each request reaches the one that is awake.
      var first = attempt(shops.get(0), lamp, "first");
      databases.awaitLockIn("order");
      var second = attempt(shops.get(1), vase, "second");
      await().until(() -> held(vase) == 1);
      // It has received everything that was sent before this response.
      zombie.get("/health/live");
      zombie.freeze();
      assertThat(first.join().status()).isEqualTo(503);
      assertThat(second.join().status()).isEqualTo(503);
    }
    other.resume();
    expireHolds(vase);
    await().until(() -> shop.available(vase) == 10);
    zombie.resume();
    Buyers.insist(() -> shop.order(customer, lamp, 1, "first")).expect(201);
    var rejection = Buyers.insist(() -> shop.order(customer, vase, 1, "second")).expect(409);
    assertThat(rejection.body().path("code").asText()).isEqualTo("ORDER_ABANDONED");
    assertThat(written(lamp)).isEqualTo(1);
    assertThat(written(vase)).isZero();
    assertThat(shop.available(vase)).isEqualTo(10);
  }

  /** It is frozen after its commit, before it knows of it; the other instance gets the retry. */
  @Test
  @Order(3)
  void a_frozen_product_service_has_held_stock_and_not_said_so() {
    var zombie = products.get(0);
    var other = products.get(1);
    var lamp = shop.newProduct(admin, 10);
    other.freeze();
    databases.waitForStandby(true);
    var attempt = attemptUntilCommitted(lamp);
    zombie.freeze();
    assertThat(attempt.join().status()).isEqualTo(503);
    databases.waitForStandby(false);
    other.resume();
    Buyers.insist(() -> shop.order(customer, lamp, 1, "key")).expect(201);
    zombie.resume();
    Buyers.insist(() -> shop.order(customer, lamp, 1, "key")).expect(201);
    assertThat(written(lamp)).isEqualTo(1);
    await().untilAsserted(() -> assertThat(shop.available(lamp)).isEqualTo(9));
  }

  @Test
  @Order(4)
  void a_thousand_buyers_get_a_hundred_pieces_while_services_die() {
    var lamp = shop.newProduct(admin, 100);
    var crowd = customers.next(1_000);
    try (var buyers = new Buyers(50)) {
      for (var i = 0; i < crowd.size(); i++) {
        var gateway = shops.get(i % 2);
        var buyer = crowd.get(i);
        buyers.send(() -> Buyers.insist(() -> gateway.order(buyer, lamp, 1, "key")));
      }
      buyers.awaitPlaced(20);
      replace(orders, 0, "order");
      buyers.awaitPlaced(60);
      replace(products, 0, "product");
      var replies = buyers.answers();
      assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(100);
      assertThat(replies)
          .filteredOn(reply -> reply.body().path("code").asText().equals("OUT_OF_STOCK"))
          .hasSize(900);
    }
    assertThat(written(lamp)).isEqualTo(100);
    await().until(() -> databases.number("product", onHand(lamp)) == 0);
    orders.forEach(ServiceProcess::awaitReady);
    products.forEach(ServiceProcess::awaitReady);
  }

  @Test
  @Order(5)
  void the_database_server_stops_at_once_in_the_middle_of_load() {
    var server = new DatabaseServer(databases, "auth");
    var lamp = shop.newProduct(admin, 1_000);
    try (var buyers = new Buyers(40)) {
      for (var i = 0; i < 600; i++) {
        var gateway = shops.get(i % 2);
        var key = "key " + i;
        buyers.send(() -> Buyers.insist(() -> gateway.order(customer, lamp, 1, key)));
      }
      buyers.awaitPlaced(200);
      server.stopImmediately();
      await().until(() -> shop.get("/v1/orders", customer).status() == 503);
      server.start();
      assertThat(buyers.answers()).hasSize(600).allSatisfy(reply -> reply.expect(201));
    }
    assertThat(written(lamp)).isEqualTo(600);
    await().until(() -> databases.number("product", onHand(lamp)) == 400);
    products.forEach(ServiceProcess::awaitReady);
    orders.forEach(ServiceProcess::awaitReady);
  }

  private CompletableFuture<ShopClient.Reply> attempt(
      ShopClient gateway, String product, String key) {
    return CompletableFuture.supplyAsync(() -> gateway.order(customer, product, 1, key));
  }

  /**
   * Repeats a request until the zombie has received it: gateways choose the other instance too,
   * until they know that it is unresponsive.
   */
  private CompletableFuture<ShopClient.Reply> attemptUntilCommitted(String product) {
    var last = new AtomicReference<>(attempt(shop, product, "key"));
    await()
        .until(
            () -> {
              if (last.get().isDone()) {
                last.set(attempt(shop, product, "key"));
              }
              return databases.commitWaitsIn("product");
            });
    return last.get();
  }

  private static void replace(List<ServiceProcess> instances, int which, String service) {
    instances.get(which).kill();
    instances.set(which, cluster.start(service));
  }

  private static void expireHolds(String product) {
    databases.execute(
        "product",
        """
        update hold set expires_at = now() - interval '1 second'
        where exists (select from json_array_elements(lines) as line where line ->> 0 = '%s')
        """
            .formatted(product));
  }

  private static long held(String product) {
    return databases.number("product", ShopDatabases.linesOf("hold", product));
  }

  private static long written(String product) {
    return databases.number("order", ShopDatabases.linesOf("orders", product));
  }

  private static String onHand(String product) {
    return "select on_hand from stock where product_id = '" + product + "'";
  }
}
