package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.testing.TestNode;

/**
 * Four JVMs, then more, then fewer. The cluster is expensive to start, so the tests share it, in
 * order. Later classes start from the class archives that this one leaves.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("system")
class ClusterTest {

  private static ShopCluster cluster;
  private static final Pattern TRACE = Pattern.compile("\"trace.id\":\"(\\w{32})\"");
  private static ServiceProcess product;
  private static ServiceProcess order;
  private static ShopClient shop;
  private static String admin;

  @BeforeAll
  static void start() {
    cluster = new ShopCluster();
    cluster.require("auth", "product", "order", "gateway");
    product = cluster.living("product").get(0);
    order = cluster.living("order").get(0);
    shop = ShopCluster.shop(cluster.living("gateway").get(0));
    admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
  }

  @AfterAll
  static void stop() {
    cluster.leaveArchives();
    cluster.close();
  }

  @Test
  @Order(1)
  void four_jvms_place_an_order() {
    var lamp = shop.newProduct(admin, 5);
    var customer = shop.newCustomer();
    var placed = shop.order(customer, lamp, 2, "k1").expect(201);
    assertThat(placed.body().at("/total/amount").asInt()).isEqualTo(9800);
    assertThat(shop.available(lamp)).isEqualTo(3);
    assertThat(shop.get("/v1/orders/" + placed.id(), customer).expect(200).body())
        .isEqualTo(placed.body());

    shop.post("/v1/orders/" + placed.id() + "/cancel", customer, new HashMap<>()).expect(200);
    await().untilAsserted(() -> assertThat(shop.available(lamp)).isEqualTo(5));
  }

  @Test
  @Order(2)
  void two_hundred_buyers_get_fifty_pieces() throws Exception {
    var lamp = shop.newProduct(admin, 50);
    var customer = shop.newCustomer();
    List<Callable<Integer>> buyers =
        IntStream.range(0, 200)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> Buyers.insist(() -> shop.order(customer, lamp, 1, "buyer-" + i)).status())
            .toList();
    var pool = Executors.newFixedThreadPool(50);
    var sold = new AtomicInteger();
    try {
      for (var result : pool.invokeAll(buyers)) {
        assertThat(result.get()).isIn(201, 409);
        sold.addAndGet(result.get() == 201 ? 1 : 0);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(sold).hasValue(50);
    assertThat(shop.available(lamp)).isZero();
    var listed = shop.get("/v1/orders?limit=100", customer).expect(200).body().path("items").size();
    assertThat(listed).isEqualTo(50);
  }

  @Test
  @Order(3)
  void a_fifth_service_joins_and_leaves() {
    var settings = new HashMap<>(cluster.nodeSettings("weather-1"));
    var node = TestNode.await(ClusterNode.start(NodeConfig.from(Settings.of(settings))));
    try {
      TestNode.await(node.deploy(new WeatherVerticle(node)));
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          shop.get("/v1/weather/Oslo", null)
                              .expect(200)
                              .body()
                              .path("text")
                              .asText())
                      .isEqualTo("Snow in Oslo"));
      assertThat(shop.get("/openapi.json", null).response().body()).contains("getWeather");
      assertThat(
              shop.get("/v1/weather/X", null).expect(400).body().at("/errors/0/pointer").asText())
          .isEqualTo("/town");
    } finally {
      TestNode.await(node.stop());
    }
    await().untilAsserted(() -> shop.get("/v1/weather/Oslo", null).expect(503));
    assertThat(shop.get("/openapi.json", null).response().body()).contains("getWeather");
  }

  /** All that a fifth service needs besides its API description. */
  private static final class WeatherVerticle extends ServiceVerticle {
    record Town(String town) {}

    record Weather(String text) {}

    private static final Operation<Town, Weather> GET =
        Operation.open("weather.v1.get", Town.class, Weather.class);

    WeatherVerticle(ClusterNode node) {
      super(node, "weather");
    }

    @Override
    protected Future<?> build(Service service) {
      service.serve(
          GET, (request, call) -> Future.succeededFuture(new Weather("Snow in " + request.town())));
      return Future.succeededFuture();
    }
  }

  @Test
  @Order(4)
  void one_of_two_may_be_killed() {
    cluster.require("product", "product", "order", "order");
    var lamp = shop.newProduct(admin, 100);
    var customer = shop.newCustomer();
    product.kill();
    order.kill();
    for (var i = 0; i < 10; i++) {
      var key = UUID.randomUUID().toString();
      await().untilAsserted(() -> shop.order(customer, lamp, 1, key).expect(201));
    }
    assertThat(shop.available(lamp)).isEqualTo(90);
  }

  @Test
  @Order(5)
  void an_order_is_found_in_the_logs_of_each_service() {
    var placed = shop.order(shop.newCustomer(), shop.newProduct(admin, 1), 1, "logged").expect(201);
    var request = placed.response().headers().firstValue("X-Request-Id").orElseThrow();
    await().untilAsserted(() -> assertThat(logs("--request", request)).contains("201"));
    var trace = TRACE.matcher(logs("--request", request)).results().findFirst().orElseThrow();
    for (var found :
        List.of(
            logs("--request", request),
            logs("--trace", trace.group(1)),
            logs("--order", placed.id()))) {
      assertThat(found.lines())
          .allMatch(line -> line.contains(request) && line.contains(placed.id()))
          .anyMatch(line -> line.contains("order.v1.place served"))
          .anyMatch(line -> line.contains("product.v1.hold served"))
          .anyMatch(line -> line.contains("POST /v1/orders 201"));
    }
  }

  private static String logs(String... options) {
    var arguments =
        Stream.concat(
            Stream.of("logs", "--data", ServiceProcess.DATA.toString()), Stream.of(options));
    return ServiceProcess.output("launcher", Map.of(), arguments.toArray(String[]::new));
  }

  @Test
  @Order(6)
  void a_service_without_a_setting_does_not_start_and_names_it() {
    var settings = new HashMap<>(order.settings);
    settings.remove("TRADEPOST_DATABASE_PASSWORD");
    var process = new ServiceProcess("order", "order-without-password", settings);
    assertThat(process.awaitEnd()).isEqualTo(1);
    assertThat(process.output())
        .contains("TRADEPOST_DATABASE_PASSWORD is not set")
        .doesNotContain("at org.tradepost");
  }
}
