package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.ExposedMetrics;
import org.tradepost.platform.testing.ReceivedSpan;
import org.tradepost.platform.testing.TraceReceiver;

/** The traces that a collector gets from a shop whose services run in separate JVMs. */
@Tag("system")
class TracesTest {

  private static final String CLIENT = "00f067aa0ba902b7";
  private static final String MANAGEMENT = "TRADEPOST_MANAGEMENT_PORT";
  private static final int MAX_QUEUE_SIZE = 64;
  private static final List<String> SERVICES = List.of("auth", "product", "order", "gateway");

  /** Takes the lease, as if another instance delivered events. */
  private static final String RELAY_TAKEN =
      """
      update relay
      set epoch = epoch + 1, instance = 'frozen', leased_until = now() + interval '2 seconds'
      """;

  private static TraceReceiver receiver;
  private static ShopCluster cluster;
  private static ShopClient shop;
  private static ServiceProcess gateway;
  private static String customer;
  private static String lamp;

  @BeforeAll
  static void start() {
    receiver = new TraceReceiver();
    cluster = new ShopCluster();
    var settings = new HashMap<>(receiver.settings());
    settings.put("OTEL_BSP_MAX_QUEUE_SIZE", Integer.toString(MAX_QUEUE_SIZE));
    settings.put("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "32");
    settings.put("OTEL_EXPORTER_OTLP_TIMEOUT", "2000");
    SERVICES.forEach(service -> cluster.start(service, Host.LOCAL, settings));
    cluster.awaitReady();
    gateway = cluster.living("gateway").get(0);
    shop = ShopCluster.shop(gateway);
    var admin = shop.logIn(ShopCluster.ADMIN, ShopCluster.ADMIN_PASSWORD);
    await().until(() -> shop.get("/v1/orders", admin).status() == 200);
    customer = new Customers(cluster.databases).next();
    lamp = shop.newProduct(admin, 100_000);
  }

  @AfterAll
  static void stop() {
    cluster.close();
    receiver.close();
  }

  private static String newTraceId() {
    var random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong() | 1)
        + HexFormat.of().toHexDigits(random.nextLong());
  }

  private static ShopClient.Reply order(String traceId, String flags) {
    var line = Map.of("productId", lamp, "quantity", 1);
    return shop.post(
        "/v1/orders",
        customer,
        Map.of("lines", List.of(line)),
        "Idempotency-Key",
        UUID.randomUUID().toString(),
        "traceparent",
        "00-" + traceId + "-" + CLIENT + "-" + flags);
  }

  private static ReceivedSpan span(String traceId, String service, String name) {
    return receiver.await(
        service + ": " + name,
        span -> span.isIn(traceId) && span.service().equals(service) && span.name().equals(name));
  }

  private static ReceivedSpan child(ReceivedSpan parent, String service, String name) {
    return receiver.await(
        service + ": " + name,
        span ->
            span.isChildOf(parent) && span.service().equals(service) && span.name().equals(name));
  }

  @Test
  void an_order_is_one_trace_from_the_client_to_the_settling_of_its_stock() {
    var traceId = newTraceId();
    order(traceId, "01").expect(201);

    var request = span(traceId, "gateway", "POST /v1/orders");
    assertThat(request.parent()).isEqualTo(CLIENT);
    assertThat(request.attributes())
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.route", "/v1/orders")
        .containsEntry("http.response.status_code", "201");
    var place =
        child(child(request, "gateway", "send order.v1.place"), "order", "process order.v1.place");
    var hold =
        child(child(place, "order", "send product.v1.hold"), "product", "process product.v1.hold");

    var holds = child(hold, "product", "batch product.v1.hold");
    assertThat(holds.isLinkedTo(hold)).isTrue();
    assertThat(hold.event("tradepost.batch.started"))
        .containsEntry("tradepost.batch.span_id", holds.id());
    assertThat(child(holds, "product", "SELECT stock").attributes())
        .containsEntry("db.system.name", "postgresql")
        .hasEntrySatisfying("db.query.text", text -> assertThat(text).contains("any($1)"));

    var orders = child(place, "order", "batch order.v1.place");
    assertThat(orders.isLinkedTo(place)).isTrue();
    statement(orders, "order", "INSERT orders");

    var settle = child(place, "order", "settle orders");
    assertThat(settle.isLinkedTo(place)).isTrue();
    var settled =
        child(
            child(settle, "order", "send product.v1.settle"),
            "product",
            "process product.v1.settle");
    statement(settled, "product", "UPDATE hold");
  }

  private static void statement(ReceivedSpan parent, String service, String part) {
    receiver.await(
        service + ": " + part,
        span ->
            span.isChildOf(parent) && span.service().equals(service) && span.name().contains(part));
  }

  @Test
  void a_hold_that_expires_is_settled_in_the_trace_of_its_order() throws SQLException {
    var traceId = newTraceId();
    cluster.databases.execute("order", RELAY_TAKEN);
    try (var taken = cluster.databases.connect("order")) {
      // No instance can take over the lease.
      ShopDatabases.lock(taken, "relay");
      order(traceId, "01").expect(201);
      cluster.databases.expireHolds();
      var settled = settled(traceId);
      var asked =
          child(
              child(settled, "product", "send order.v1.resolve"),
              "order",
              "process order.v1.resolve");
      statement(asked, "order", "SELECT orders");
      statement(settled, "product", "UPDATE hold");
    }
  }

  @Test
  void a_hold_whose_order_never_came_is_released_in_the_trace_of_the_request_that_made_it()
      throws SQLException {
    var traceId = newTraceId();
    var before = available();
    try (var writing = cluster.databases.connect("order")) {
      ShopDatabases.lock(writing, "orders");
      var failed = CompletableFuture.supplyAsync(() -> order(traceId, "01"));
      cluster.databases.awaitLockIn("order");
      cluster.databases.terminateBlockedSessions("order");
      failed.join().expect(503);
    }
    assertThat(available()).isEqualTo(before - 1);
    cluster.databases.expireHolds();
    var settled = settled(traceId);
    var asked =
        child(
            child(settled, "product", "send order.v1.resolve"),
            "order",
            "process order.v1.resolve");
    statement(asked, "order", "INSERT orders");
    statement(settled, "product", "UPDATE hold");
    await().until(() -> available() == before);
  }

  /** The span that settles the expired hold of a request, and links to the span of that hold. */
  private static ReceivedSpan settled(String traceId) {
    var hold = span(traceId, "product", "process product.v1.hold");
    return receiver.await(
        "settle expired holds",
        span -> span.name().equals("settle expired holds") && span.isLinkedTo(hold));
  }

  private static long available() {
    return cluster.databases.number(
        "product", "select on_hand - reserved from stock where product_id = '" + lamp + "'");
  }

  @Test
  void an_order_that_waits_for_others_says_which_batch_took_it() throws SQLException {
    var first = newTraceId();
    var later = List.of(newTraceId(), newTraceId(), newTraceId());
    CompletableFuture<ShopClient.Reply> firstOrder;
    List<CompletableFuture<ShopClient.Reply>> laterOrders;
    try (var writing = cluster.databases.connect("order")) {
      ShopDatabases.lock(writing, "orders");
      firstOrder = CompletableFuture.supplyAsync(() -> order(first, "01"));
      cluster.databases.awaitLockIn("order");
      laterOrders =
          later.stream()
              .map(traceId -> CompletableFuture.supplyAsync(() -> order(traceId, "01")))
              .toList();
      later.forEach(traceId -> span(traceId, "order", "send product.v1.hold"));
    }
    firstOrder.join().expect(201);
    laterOrders.forEach(order -> order.join().expect(201));

    for (var traceId : later) {
      var place = span(traceId, "order", "process order.v1.place");
      assertThat(place.events())
          .containsSubsequence("tradepost.batch.queued", "tradepost.batch.started");
      var taken = place.event("tradepost.batch.started");
      var batch = span(taken.get("tradepost.batch.trace_id"), "order", "batch order.v1.place");
      assertThat(batch.id()).isEqualTo(taken.get("tradepost.batch.span_id"));
      assertThat(batch.isLinkedTo(place)).isTrue();
    }
  }

  @Test
  void a_slow_request_is_seen_although_it_was_not_sampled() throws SQLException {
    var traceId = newTraceId();
    CompletableFuture<ShopClient.Reply> slow;
    try (var writing = cluster.databases.connect("order")) {
      ShopDatabases.lock(writing, "orders");
      slow = CompletableFuture.supplyAsync(() -> order(traceId, "00"));
      var since = System.nanoTime();
      await().until(() -> System.nanoTime() - since > Duration.ofMillis(1_500).toNanos());
    }
    slow.join().expect(201);
    span(traceId, "gateway", "POST /v1/orders");
    assertThat(receiver.spans()).filteredOn(span -> span.isIn(traceId)).hasSize(1);
  }

  @Test
  void a_collector_that_is_dead_or_frozen_costs_no_request() {
    receiver.kill();
    orderMuch();
    receiver.freeze();
    orderMuch();
    orderMuch();
    assertThat(lost()).isPositive();
    receiver.restart();
    await()
        .until(
            () -> {
              var traceId = newTraceId();
              order(traceId, "01").expect(201);
              return receiver.spans().stream().anyMatch(span -> span.isIn(traceId));
            });
    for (var queue : queues()) {
      assertThat(queue.at("/values/waiting").asInt()).isLessThanOrEqualTo(MAX_QUEUE_SIZE);
      assertThat(queue.at("/values/most").asInt()).isEqualTo(MAX_QUEUE_SIZE);
    }
  }

  private static void orderMuch() {
    IntStream.range(0, 100).parallel().forEach(number -> order(newTraceId(), "01").expect(201));
  }

  private static long lost() {
    return metrics(ExposedMetrics.PLAIN).stream()
        .mapToLong(
            shown ->
                (long)
                    (shown.value("tradepost_spans_dropped_total")
                        + shown.value("tradepost_spans_failed_total")))
        .sum();
  }

  private static List<ExposedMetrics> metrics(String format) {
    return SERVICES.stream()
        .flatMap(service -> cluster.living(service).stream())
        .map(process -> ExposedMetrics.of(process.url(MANAGEMENT), format))
        .toList();
  }

  private static List<JsonNode> queues() {
    var topology = WireJson.read(gateway.get("/topology").body(), JsonNode.class);
    var queues = new ArrayList<JsonNode>();
    topology
        .path("nodes")
        .forEach(
            node ->
                node.path("metrics")
                    .forEach(
                        metric -> {
                          if (metric.path("name").asText().equals("spans to export")) {
                            queues.add(metric);
                          }
                        }));
    assertThat(queues).hasSize(4);
    return queues;
  }

  @Test
  void neither_attributes_nor_metrics_have_a_secret_or_say_who_a_client_is() {
    var traceId = newTraceId();
    var email = UUID.randomUUID() + "@customer.example";
    var traceparent = "00-" + traceId + "-" + CLIENT + "-01";
    var account = Map.of("email", email, "password", ShopClient.PASSWORD, "name", "Ada Byron");
    shop.post("/v1/auth/register", null, account, "traceparent", traceparent).expect(201);
    var login = Map.of("email", email, "password", ShopClient.PASSWORD);
    var token =
        shop.post("/v1/auth/login", null, login, "traceparent", traceparent)
            .expect(200)
            .body()
            .path("access_token")
            .asText();
    var path = "/v1/" + email.replace("@", "%40") + "/" + token + "?email=" + token;
    shop.post(path, token, Map.of(), "traceparent", traceparent).expect(404);
    span(traceId, "gateway", "POST /v1/auth/login");
    span(traceId, "gateway", "POST");
    span(traceId, "auth", "process auth.v1.register");
    var all = receiver.spans().toString();
    assertThat(all)
        .contains("INSERT account")
        .doesNotContain("@customer.example", ShopClient.PASSWORD, "Byron", "eyJ", "127.0.0.1");
    for (var metrics : metrics(ExposedMetrics.OPEN_METRICS)) {
      assertThat(metrics.text()).doesNotContain("Byron", email, token);
    }
  }
}
