package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestDatabase;

/** The clocks of the hosts differ by up to a minute, and are set while everything runs. */
@EnabledIf(value = "canSetClocks", disabledReason = "libfaketime is not installed")
@Tag("system")
class ClocksTest {

  private static final List<String> SERVICES = List.of("auth", "product", "order", "gateway");
  private static final List<String> STORES = List.of("auth", "product", "order");

  /** Longer than the members wait for a heartbeat of another member. */
  private static final Duration LONGER_THAN_HEARTBEAT_TIMEOUT = Duration.ofSeconds(12);

  private static final Map<String, FakeClock> clocks = new LinkedHashMap<>();
  private static final List<EmbeddedPostgres> servers = new ArrayList<>();
  @TempDir private static Path directory;
  private static ShopCluster cluster;
  private static ShopClient shop;
  private static String lamp;

  static boolean canSetClocks() {
    return FakeClock.isInstalled();
  }

  /** Clocks differ by a minute from the first start on. */
  @BeforeAll
  static void start() throws IOException, SQLException {
    var databases = startDatabases();
    cluster = new ShopCluster(List.of(Host.LOCAL), SERVICES.size(), databases);
    for (var service : SERVICES) {
      var clock = clock(service);
      clock.set(Map.of("gateway", -30, "auth", 30, "product", -30, "order", 30).get(service));
      cluster.start(service, Host.LOCAL, clock.environment());
    }
    cluster.awaitReady();
    shop = ShopCluster.shop(cluster.living("gateway").get(0));
    lamp = shop.newProduct(shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD), 1_000);
    everythingIsDone();
  }

  private static ShopDatabases startDatabases() throws IOException, SQLException {
    var settings = new HashMap<String, Map<String, String>>();
    for (var service : STORES) {
      var server = TestDatabase.newServer().start();
      servers.add(server);
      settings.put(
          service,
          Map.of(
              "TRADEPOST_DATABASE_URL", "postgresql://localhost:" + server.getPort() + "/postgres",
              "TRADEPOST_DATABASE_USER", "postgres",
              "TRADEPOST_DATABASE_PASSWORD", "postgres"));
    }
    var databases = new ShopDatabases(settings);
    for (var service : STORES) {
      var clock = clock("database of " + service);
      clock.set(Map.of("auth", 30, "product", 0, "order", -30).get(service));
      var server = new DatabaseServer(databases, service);
      server.stopImmediately();
      server.start(clock.environmentOfServer());
    }
    return databases;
  }

  private static FakeClock clock(String name) {
    return clocks.computeIfAbsent(name, first -> new FakeClock(directory, name));
  }

  @AfterEach
  void reset_clocks() {
    everyHoldIsSettled();
    clocks.values().forEach(clock -> clock.set(0));
  }

  /** All orders are cancelled, so no hold stays HELD or COMMITTED. */
  private static void everyHoldIsSettled() {
    await("every hold is settled")
        .until(
            () ->
                cluster.databases.number(
                        "product", "select count(*) from hold where state in ('HELD', 'COMMITTED')")
                    == 0);
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    for (var server : servers) {
      server.close();
    }
    servers.clear();
    clocks.clear();
  }

  static Stream<Arguments> shifts() {
    return Stream.of(SERVICES.stream(), STORES.stream().map(store -> "database of " + store))
        .flatMap(names -> names)
        .flatMap(name -> Stream.of(60, -60).map(seconds -> Arguments.of(name, seconds)));
  }

  @ParameterizedTest
  @MethodSource("shifts")
  void a_clock_that_is_wrong_costs_nothing(String whose, int seconds) {
    clock(whose).set(seconds);
    var start = System.nanoTime();
    do {
      everythingIsDone();
    } while (System.nanoTime() - start < FakeClock.SEEN_WITHIN.toNanos());
    // Only now has every connection read the new time. Until then, a hold may begin by one clock
    // and end by another.
    everyHoldIsSettled();
    var before = holdsTimedByAnotherClock();
    everythingIsDone();
    everyHoldIsSettled();
    assertThat(holdsTimedByAnotherClock()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void a_clock_that_is_set_under_load_costs_no_request(List<Integer> seconds) {
    var customer = shop.newCustomer();
    for (var i = 0; i < SERVICES.size(); i++) {
      clock(SERVICES.get(i)).set(seconds.get(i));
    }
    var start = System.nanoTime();
    while (System.nanoTime() - start < LONGER_THAN_HEARTBEAT_TIMEOUT.toNanos()) {
      shop.get("/v1/auth/me", customer).expect(200);
      var placed = shop.order(customer, lamp, 1, UUID.randomUUID().toString()).expect(201).id();
      shop.post("/v1/orders/" + placed + "/cancel", customer, Map.of()).expect(200);
    }
    cluster.living("gateway").forEach(ClocksTest::requireAllResponsive);
  }

  static Stream<List<Integer>> steps() {
    return Stream.of(List.of(30, -30, 0, -30), List.of(-60, 0, 0, 0));
  }

  private static void requireAllResponsive(ServiceProcess one) {
    var nodes = WireJson.read(one.get("/topology").body(), JsonNode.class).path("nodes");
    assertThat(nodes)
        .hasSize(SERVICES.size())
        .noneMatch(node -> node.path("unresponsive").asBoolean());
  }

  private static void everythingIsDone() {
    var account =
        Map.of("email", UUID.randomUUID() + "@customer.example", "password", ShopClient.PASSWORD);
    var registration = new HashMap<String, Object>(account);
    registration.put("name", "Ada");
    shop.post("/v1/auth/register", null, registration).expect(201);
    var tokens = shop.post("/v1/auth/login", null, account).expect(200).body();
    orderIsPlacedAndCancelled(tokens.path("access_token").asText());
    var refresh = Map.of("refresh_token", tokens.path("refresh_token").asText());
    tokens = shop.post("/v1/auth/refresh", null, refresh).expect(200).body();
    var token = tokens.path("access_token").asText();
    shop.get("/v1/orders", token).expect(200);
    var last = Map.of("refresh_token", tokens.path("refresh_token").asText());
    shop.post("/v1/auth/logout", null, last).expect(204);
    await("the revoked token is rejected")
        .until(() -> shop.get("/v1/orders", token).status() == 401);
  }

  private static void orderIsPlacedAndCancelled(String token) {
    shop.get("/v1/auth/me", token).expect(200);
    shop.get("/v1/products/" + lamp, token).expect(200);
    var placed = shop.order(token, lamp, 1, UUID.randomUUID().toString()).expect(201).id();
    shop.get("/v1/orders/" + placed, token).expect(200);
    shop.post("/v1/orders/" + placed + "/cancel", token, Map.of()).expect(200);
  }

  /** Counts holds whose times do not all come from the clock of the product database. */
  private static long holdsTimedByAnotherClock() {
    return cluster.databases.number(
        "product",
        "select count(*) from hold where expires_at - settled_at not between"
            + " interval '45 seconds' and interval '65 seconds'");
  }
}
