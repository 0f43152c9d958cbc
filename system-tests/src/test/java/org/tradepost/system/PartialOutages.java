package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each service and each database is unavailable in turn, while routes of every kind are called: the
 * table of docs/recover.md.
 */
abstract class PartialOutages extends ClusterFailures {

  /** Less than the timeout of a request without a response. */
  private static final Duration MAX_RESPONSE_TIME = Duration.ofSeconds(4);

  /** The routes rejected while a service or its database is unavailable; all others are served. */
  private static final Map<String, Set<String>> REJECTED =
      Map.of(
          "auth", Set.of("log in", "own account"),
          "product",
              Set.of("products", "product with a token", "stock", "add a product", "new order"),
          "order", Set.of("new order", "repeated order", "orders", "order", "history", "cancel"));

  private static final Map<String, Supplier<ShopClient.Reply>> routes = new LinkedHashMap<>();
  private static ExecutorService threads;
  private static ShopClient shop;

  @AfterAll
  static void stop() {
    threads.shutdownNow();
  }

  @BeforeAll
  static void start() {
    threads = Executors.newFixedThreadPool(16);
    cluster.require("auth", "product", "order", "gateway");
    shop = ShopCluster.shop(cluster.living("gateway").get(0));
    var admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    var lamp = shop.newProduct(admin, 1_000);
    var customer = new Customers(databases).next();
    var placed = shop.order(customer, lamp, 1, "first").expect(201).id();
    describe(admin, customer, "/v1/products/" + lamp, "/v1/orders/" + placed);
    routes.put("new order", () -> shop.order(customer, lamp, 1, UUID.randomUUID().toString()));
    routes.put("repeated order", () -> shop.order(customer, lamp, 1, "first"));
  }

  private static void describe(String admin, String customer, String product, String order) {
    var administrator = Map.of("email", ShopCluster.ADMIN, "password", ShopCluster.ADMIN_PASSWORD);
    routes.put("documents", () -> shop.get("/openapi.json", null));
    routes.put("signing keys", () -> shop.get("/.well-known/jwks.json", null));
    routes.put("own account", () -> shop.get("/v1/auth/me", admin));
    routes.put("log in", () -> shop.post("/v1/auth/login", null, administrator));
    routes.put("products", () -> shop.get("/v1/products", null));
    routes.put("product", () -> shop.get(product, null));
    routes.put("product with a token", () -> shop.get(product, customer));
    routes.put("stock", () -> shop.get(product + "/stock", null));
    routes.put("orders", () -> shop.get("/v1/orders", customer));
    routes.put("order", () -> shop.get(order, customer));
    routes.put("history", () -> shop.get(order + "/history", customer));
    routes.put("cancel", () -> shop.post(order + "/cancel", customer, Map.of()));
    routes.put("events", () -> shop.get("/v1/events", admin));
    routes.put("add a product", () -> newProduct(admin));
  }

  private static ShopClient.Reply newProduct(String admin) {
    var product =
        Map.of(
            "sku",
            "VASE-" + System.nanoTime(),
            "name",
            "Vase",
            "category",
            "vases",
            "price",
            Map.of("amount", 100, "currency", "EUR"));
    return shop.post("/v1/products", admin, product);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "product", "order"})
  void an_unavailable_service_costs_only_its_own_routes(String service) {
    everythingIsServed();
    cluster.living(service).forEach(ServiceProcess::freeze);
    try {
      openTheCircuit(service);
      theTableHolds(service);
    } finally {
      cluster.living(service).forEach(ServiceProcess::resume);
    }
    everythingIsServed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "product", "order"})
  void an_unavailable_database_costs_only_the_routes_of_its_service(String service) {
    everythingIsServed();
    databases.makeUnavailable(service);
    try {
      theTableHolds(service);
    } finally {
      databases.makeAvailable(service);
    }
    everythingIsServed();
  }

  private static void theTableHolds(String unavailable) {
    routes.forEach(
        (route, request) -> {
          var rejected = REJECTED.get(unavailable).contains(route);
          var start = System.nanoTime();
          var reply = request.get();
          assertThat(reply.status() == 503)
              .as("%s without %s: %s", route, unavailable, reply.response().body())
              .isEqualTo(rejected);
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .as(route)
              .isLessThan(MAX_RESPONSE_TIME);
          if (rejected) {
            assertThat(reply.response().headers().firstValue("Retry-After")).hasValue("1");
          }
        });
    assertThat(routes.get("product").get().response().headers().firstValue("Age")).isPresent();
  }

  /** Makes enough calls without a response to open the circuit; events have their own circuit. */
  private static void openTheCircuit(String service) {
    var route = Map.of("auth", "own account", "product", "stock", "order", "orders").get(service);
    var calls =
        Stream.generate(() -> Stream.of(route, "events"))
            .limit(8)
            .flatMap(both -> both)
            .map(one -> CompletableFuture.supplyAsync(routes.get(one), threads))
            .toList();
    calls.forEach(CompletableFuture::join);
  }

  private static void everythingIsServed() {
    routes.forEach((route, request) -> await(route).until(() -> request.get().status() < 300));
  }
}
