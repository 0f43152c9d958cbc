package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A service is killed at an exact edge of the order protocol, where a database lock, or a commit
 * that waits for a standby that does not exist, holds it. Then the client repeats its request.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeathTest {

  private static final int STOCK = 10;
  private static final ShopCluster cluster = new ShopCluster();
  private static ServiceProcess product;
  private static ServiceProcess order;
  private static ServiceProcess gateway;
  private static Shop shop;
  private static String admin;

  private String lamp;
  private String customer;

  @BeforeAll
  static void start() {
    // The others commit without waiting for the disk, so a standby holds up the order service
    // alone.
    cluster.execute(
        "order", "alter database " + database("order") + " set synchronous_commit = on");
    var auth = cluster.start("auth");
    product = cluster.start("product");
    order = cluster.start("order");
    gateway = cluster.start("gateway");
    List.of(auth, product, order, gateway).forEach(ServiceProcess::awaitReady);
    shop = ShopCluster.shop(gateway);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> shop.get("/openapi.json", null).response().body().contains("placeOrder"));
    admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void enter() {
    lamp = shop.newProduct(admin, STOCK);
    customer = shop.newCustomer();
  }

  /** Whatever died: nothing is held in the end, and the audit has nothing to say. */
  @AfterEach
  void the_audit_is_clean() {
    waitForStandby(false);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> cluster.number("product", "select sum(reserved) from stock") == 0);
    assertThat(cluster.audit()).contains("Clean.");
  }

  @Test
  @Order(1)
  void the_order_service_dies_after_the_hold_and_before_the_write() throws SQLException {
    holdStockAndDie();
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  @Order(2)
  void the_order_service_dies_after_the_write_and_before_its_answer() {
    waitForStandby(true);
    var attempt = attempt("edge");
    await()
        .untilAsserted(() -> assertThat(waiting("order", "wait_event = 'SyncRep'")).isPositive());
    order.kill();
    assertThat(attempt.join().status()).isEqualTo(503);
    waitForStandby(false);
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  @Order(3)
  void nobody_comes_back_for_a_hold() throws SQLException {
    holdStockAndDie();
    expireHolds();
    order = restarted("order");
    await().atMost(Duration.ofSeconds(30)).until(() -> shop.available(lamp) == STOCK);
    // By then the hold had been released, so the late attempt meets the tombstone.
    assertThat(shop.order(customer, lamp, 2, "edge").expect(409).body().path("code").asText())
        .isEqualTo("ORDER_ABANDONED");
    assertThat(orders()).isZero();
  }

  @Test
  @Order(9)
  void the_product_service_dies_after_its_commit_and_before_its_reply() {
    cluster.execute(
        "product", "alter database " + database("product") + " set synchronous_commit = on");
    product.kill();
    product = restarted("product");
    await().until(() -> shop.available(lamp) == STOCK);
    waitForStandby(true);
    var attempt = attempt("edge");
    await()
        .untilAsserted(() -> assertThat(waiting("product", "wait_event = 'SyncRep'")).isPositive());
    product.kill();
    assertThat(attempt.join().status()).isEqualTo(503);
    waitForStandby(false);
    product = restarted("product");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  @Order(4)
  void the_gateway_dies_after_the_write_and_before_the_answer() {
    waitForStandby(true);
    var attempt = attempt("edge");
    await()
        .untilAsserted(() -> assertThat(waiting("order", "wait_event = 'SyncRep'")).isPositive());
    gateway.kill();
    assertThat(attempt).failsWithin(Duration.ofSeconds(20));
    waitForStandby(false);
    gateway = restarted("gateway");
    shop = ShopCluster.shop(gateway);
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  @Order(5)
  void the_product_service_dies_while_it_settles() throws SQLException {
    try (var settling = cluster.connect("product")) {
      lock(settling, "ledger");
      shop.order(customer, lamp, 2, "edge").expect(201);
      awaitLockIn("product");
      product.kill();
    }
    product = restarted("product");
    assertThat(ordered("edge")).isEqualTo(2);
  }

  @Test
  @Order(6)
  void the_relay_dies_after_delivery_and_before_marking() throws SQLException {
    try (var marking = cluster.connect("order")) {
      try (var settling = cluster.connect("product")) {
        lock(settling, "ledger");
        shop.order(customer, lamp, 2, "edge").expect(201);
        awaitLockIn("product");
        lock(marking, "event");
      }
      await().until(() -> onHand() == STOCK - 2);
      awaitLockIn("order");
      order.kill();
    }
    order = restarted("order");
    assertThat(ordered("edge")).isEqualTo(2);
    await()
        .until(
            () ->
                cluster.number("order", "select count(*) from event where delivered_at is null")
                    == 0);
    assertThat(onHand()).isEqualTo(STOCK - 2);
  }

  @Test
  @Order(7)
  void the_order_service_dies_during_cancel_between_order_and_stock() throws SQLException {
    var placed = shop.order(customer, lamp, 2, "edge").expect(201);
    await().until(() -> onHand() == STOCK - 2);
    try (var settling = cluster.connect("product")) {
      lock(settling, "ledger");
      shop.post("/v1/orders/" + placed.id() + "/cancel", customer, Map.of()).expect(200);
      awaitLockIn("product");
      order.kill();
    }
    order = restarted("order");
    await().atMost(Duration.ofSeconds(20)).until(() -> shop.available(lamp) == STOCK);
    shop.post("/v1/orders/" + placed.id() + "/cancel", customer, Map.of()).expect(200);
    assertThat(onHand()).isEqualTo(STOCK);
  }

  @Test
  @Order(8)
  void the_sweep_dies_between_resolving_and_applying() throws SQLException {
    holdStockAndDie();
    expireHolds();
    var tombstones = "select count(*) from orders where status = 'ABANDONED'";
    var before = cluster.number("order", tombstones);
    try (var settling = cluster.connect("product")) {
      lock(settling, "ledger");
      order = restarted("order");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> cluster.number("order", tombstones) == before + 1);
      awaitLockIn("product");
      product.kill();
    }
    product = restarted("product");
    await().atMost(Duration.ofSeconds(30)).until(() -> shop.available(lamp) == STOCK);
    assertThat(orders()).isZero();
  }

  /**
   * Nobody writes to the table until the connection is closed. Writing an order needs {@code
   * orders}, settling needs {@code ledger}, marking an event as delivered needs {@code event}.
   */
  private static void lock(Connection connection, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table " + table + " in share row exclusive mode");
    }
  }

  private static void awaitLockIn(String service) {
    await()
        .untilAsserted(() -> assertThat(waiting(service, "wait_event_type = 'Lock'")).isPositive());
  }

  private long onHand() {
    return cluster.number("product", "select on_hand from stock where product_id = '" + lamp + "'");
  }

  /** Afterwards the stock is held, the order is not written, and the order service is dead. */
  private void holdStockAndDie() throws SQLException {
    try (var writing = cluster.connect("order")) {
      lock(writing, "orders");
      var attempt = attempt("edge");
      awaitLockIn("order");
      assertThat(held()).isEqualTo(1);
      order.kill();
      assertThat(attempt.join().status()).isEqualTo(503);
    }
  }

  private CompletableFuture<Shop.Reply> attempt(String key) {
    return CompletableFuture.supplyAsync(() -> shop.order(customer, lamp, 2, key));
  }

  /** Repeats the order until it is placed, once more to see the same, and tells what was sold. */
  private int ordered(String key) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> shop.order(customer, lamp, 2, key).expect(201));
    var again = shop.order(customer, lamp, 2, key).expect(201);
    assertThat(again.response().headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(orders()).isEqualTo(1);
    return STOCK - shop.available(lamp);
  }

  private int orders() {
    return shop.get("/v1/orders", customer).expect(200).body().path("items").size();
  }

  private static void expireHolds() {
    cluster.execute(
        "product", "update hold set expires_at = now() - interval '1 second' where state = 'HELD'");
  }

  private long held() {
    return cluster.number(
        "product", "select count(*) from hold_line where product_id = '" + lamp + "'");
  }

  /** A new instance, that the gateway knows of. */
  private ServiceProcess restarted(String service) {
    var process = cluster.start(service);
    process.awaitReady();
    if (!service.equals("gateway")) {
      var path = service.equals("order") ? "/v1/orders" : "/v1/products";
      await().atMost(Duration.ofSeconds(20)).until(() -> shop.get(path, customer).status() == 200);
    }
    return process;
  }

  private static long waiting(String service, String condition) {
    return cluster.number(
        service,
        "select count(*) from pg_stat_activity where datname = current_database() and "
            + condition);
  }

  private static void waitForStandby(boolean wait) {
    cluster.execute(
        "auth",
        wait
            ? "alter system set synchronous_standby_names = 'nobody'"
            : "alter system reset synchronous_standby_names");
    cluster.execute("auth", "select pg_reload_conf()");
  }

  private static String database(String service) {
    try (var connection = cluster.connect(service)) {
      return connection.getCatalog();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
