package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A service is killed between two steps of placing, settling or cancelling an order. A database
 * lock, or a commit that waits for a standby that does not exist, stops it there. Then the client
 * repeats its request.
 */
abstract class NodeDeaths extends ClusterFailures {

  private static final int STOCK = 10;
  private static ServiceProcess product;
  private static ServiceProcess order;
  private static ServiceProcess gateway;
  private static ShopClient shop;
  private static Customers customers;
  private static String admin;

  private String lamp;
  private String customer;

  @BeforeAll
  static void start() {
    // The others commit asynchronously, so that a standby blocks the order service only.
    databases.commitSynchronously("order", true);
    databases.commitSynchronously("product", false);
    cluster.requireOnly("auth", "product", "order", "gateway");
    product = cluster.living("product").get(0);
    order = cluster.living("order").get(0);
    gateway = cluster.living("gateway").get(0);
    shop = ShopCluster.shop(gateway);
    customers = new Customers(databases);
    admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    List.of("/v1/orders", "/v1/products")
        .forEach(path -> await().until(() -> shop.get(path, admin).status() == 200));
  }

  @BeforeEach
  void enter() {
    lamp = shop.newProduct(admin, STOCK);
    customer = customers.next();
  }

  /** Whatever was killed, nothing is held in the end, and the audit finds nothing. */
  @AfterEach
  void the_audit_is_clean() {
    databases.waitForStandby(false);
    await().until(() -> databases.number("product", "select sum(reserved) from stock") == 0);
    assertThat(cluster.audit()).contains("Clean.");
  }

  @Test
  void the_order_service_dies_after_the_hold_and_before_the_write() throws SQLException {
    holdStockAndDie();
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  void the_order_service_dies_after_the_write_and_before_its_answer() {
    databases.waitForStandby(true);
    var attempt = attempt("edge");
    databases.awaitCommitIn("order");
    order.kill();
    assertThat(attempt.join().status()).isEqualTo(503);
    databases.waitForStandby(false);
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  void nobody_comes_back_for_a_hold() throws SQLException {
    holdStockAndDie();
    order = restarted("order");
    databases.expireHolds();
    await().until(() -> shop.available(lamp) == STOCK);
    // The hold has been released by now, so the late attempt finds the tombstone.
    assertThat(shop.order(customer, lamp, 2, "edge").expect(409).body().path("code").asText())
        .isEqualTo("ORDER_ABANDONED");
    assertThat(orders()).isZero();
  }

  @Test
  void the_product_service_dies_after_its_commit_and_before_its_reply() {
    databases.commitSynchronously("product", true);
    await().ignoreExceptions().until(() -> shop.available(lamp) == STOCK);
    databases.waitForStandby(true);
    var attempt = attempt("edge");
    databases.awaitCommitIn("product");
    product.kill();
    assertThat(attempt.join().status()).isEqualTo(503);
    databases.waitForStandby(false);
    databases.commitSynchronously("product", false);
    product = restarted("product");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  void the_gateway_dies_after_the_write_and_before_the_answer() {
    databases.waitForStandby(true);
    var attempt = attempt("edge");
    databases.awaitCommitIn("order");
    gateway.kill();
    assertThat(attempt).failsWithin(Duration.ofSeconds(20));
    databases.waitForStandby(false);
    gateway = restarted("gateway");
    shop = ShopCluster.shop(gateway);
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  void the_product_service_dies_while_it_settles() throws SQLException {
    try (var settling = databases.connect("product")) {
      ShopDatabases.lock(settling, "ledger");
      shop.order(customer, lamp, 2, "edge").expect(201);
      databases.awaitLockIn("product");
      product.kill();
    }
    product = restarted("product");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  void the_relay_dies_after_delivery_and_before_marking() throws SQLException {
    try (var marking = databases.connect("order")) {
      try (var settling = databases.connect("product")) {
        ShopDatabases.lock(settling, "ledger");
        shop.order(customer, lamp, 2, "edge").expect(201);
        databases.awaitLockIn("product");
        ShopDatabases.lock(marking, "relay");
      }
      await().until(() -> onHand() == STOCK - 2);
      databases.awaitLockIn("order");
      order.kill();
    }
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
    await().until(() -> databases.number("order", "select count(*) from undelivered") == 0);
    assertThat(onHand()).isEqualTo(STOCK - 2);
  }

  @Test
  void the_order_service_dies_during_cancel_between_order_and_stock() throws SQLException {
    var placed = shop.order(customer, lamp, 2, "edge").expect(201);
    await().until(() -> onHand() == STOCK - 2);
    try (var settling = databases.connect("product")) {
      ShopDatabases.lock(settling, "ledger");
      shop.post("/v1/orders/" + placed.id() + "/cancel", customer, Map.of()).expect(200);
      databases.awaitLockIn("product");
      order.kill();
    }
    order = restarted("order");
    await().until(() -> shop.available(lamp) == STOCK);
    shop.post("/v1/orders/" + placed.id() + "/cancel", customer, Map.of()).expect(200);
    assertThat(onHand()).isEqualTo(STOCK);
  }

  @Test
  void the_sweep_dies_between_resolving_and_applying() throws SQLException {
    holdStockAndDie();
    order = restarted("order");
    var tombstones = "select count(*) from orders where status = 'ABANDONED'";
    var before = databases.number("order", tombstones);
    try (var settling = databases.connect("product")) {
      ShopDatabases.lock(settling, "ledger");
      databases.expireHolds();
      await().until(() -> databases.number("order", tombstones) == before + 1);
      databases.awaitLockIn("product");
      product.kill();
    }
    product = restarted("product");
    await().until(() -> shop.available(lamp) == STOCK);
    assertThat(orders()).isZero();
  }

  private long onHand() {
    return databases.number(
        "product", "select on_hand from stock where product_id = '" + lamp + "'");
  }

  /** Afterwards the stock is held, the order is not written, and the order service is dead. */
  private void holdStockAndDie() throws SQLException {
    try (var writing = databases.connect("order")) {
      ShopDatabases.lock(writing, "orders");
      var attempt = attempt("edge");
      databases.awaitLockIn("order");
      assertThat(held()).isEqualTo(1);
      order.kill();
      databases.terminateBlockedSessions("order");
      assertThat(attempt.join().status()).isEqualTo(503);
    }
  }

  private CompletableFuture<ShopClient.Reply> attempt(String key) {
    return CompletableFuture.supplyAsync(() -> shop.order(customer, lamp, 2, key));
  }

  /** Repeats the order until it is placed, and once more; returns how many pieces were sold. */
  private int ordered(String key) {
    await().untilAsserted(() -> shop.order(customer, lamp, 2, key).expect(201));
    var again = shop.order(customer, lamp, 2, key).expect(201);
    assertThat(again.response().headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(orders()).isEqualTo(1);
    return STOCK - shop.available(lamp);
  }

  private int orders() {
    return shop.get("/v1/orders", customer).expect(200).body().path("items").size();
  }

  private long held() {
    return databases.number("product", ShopDatabases.linesOf("hold", lamp));
  }

  /** Starts a new instance, and waits until the gateway calls it. */
  private ServiceProcess restarted(String service) {
    var process = cluster.start(service);
    process.awaitReady();
    if (!service.equals("gateway")) {
      var path = service.equals("order") ? "/v1/orders" : "/v1/products";
      await().until(() -> shop.get(path, customer).status() == 200);
    }
    return process;
  }
}
