package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.launcher.contract.RestDocument.Endpoint;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/**
 * Compares the responses of a whole shop with the OpenAPI document that it serves: every response
 * is documented, and a response shows everything that is documented.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestDocumentTest {
  private static final String CUSTOMER_PASSWORD = "a long walk to the sea";
  private static final String JSON = "application/json";

  /**
   * Responses that take a fault, a race or much time to cause, which other tests cover. {@code
   * Vary} names the token where responses are cached, and is everywhere if other origins are
   * allowed.
   */
  private static final Pattern COVERED_BY_OTHER_TESTS =
      Pattern.compile(
          ".* (?:408|410|429|500|503)(?: .*)?|.* (?:ORDER_ABANDONED|vary)"
              + "|delete /v1/products/\\{id} 409.*|post /v1/cluster/commands 200.*");

  @TempDir static Path directory;
  private static TestSingleJvm shop;

  /** Records what the tests have shown, and keeps it when one of them is rerun. */
  private static RestDocument document;

  /** Sends what a proxy would itself reject or change. */
  private static DocumentedClient direct;

  /** Sends everything else, through Prism if it is installed. */
  private static DocumentedClient client;

  private static Optional<Prism> prism = Optional.empty();
  private static String administrator;
  private static String customer;

  @BeforeAll
  static void start() throws IOException {
    shop = TestSingleJvm.shared();
    if (document == null) {
      document = new RestDocument(shop.client().send(RestRequest.get("/openapi.json")).body());
    }
    direct = new DocumentedClient(shop.client().base(), document);
    if (Prism.isInstalled()) {
      prism = Optional.of(new Prism(shop.client(), directory));
    }
    client = prism.map(proxy -> new DocumentedClient(proxy.base(), document)).orElse(direct);
    administrator =
        logIn("admin@tradepost.example", shop.administratorPassword()).text("/access_token");
    customer = logIn(register(), CUSTOMER_PASSWORD).text("/access_token");
  }

  @AfterAll
  static void stop() {
    prism.ifPresent(Prism::close);
  }

  @Test
  @Order(1)
  void what_every_operation_rejects_is_documented() {
    for (var endpoint : document.endpoints()) {
      var request = new Request(endpoint);
      assertThat(direct.send("PUT", request.target(), null).status()).isEqualTo(405);
      assertThat(request.with("?unknown=1").status()).isEqualTo(400);
      assertThat(request.with("?q=" + "x".repeat(9_000)).status()).isEqualTo(414);
      assertThat(request.send(request.body(), "x-long", "x".repeat(20_000)).status())
          .isEqualTo(431);
      assertThat(request.send("x".repeat(70_000)).status()).isEqualTo(413);
      assertThat(request.raw("HTTP/1.1", "Transfer-Encoding: gzip, chunked\r\n").status())
          .isEqualTo(501);
      assertThat(request.raw("HTTP/1.2", "").status()).isEqualTo(505);
    }
  }

  @Test
  @Order(1)
  void what_some_operations_reject_is_documented() {
    for (var endpoint : document.endpoints()) {
      var request = new Request(endpoint);
      if (request.body() != null) {
        assertThat(request.send("{").text("/code")).isEqualTo("MALFORMED_JSON");
        assertThat(
                direct.send(request.method(), request.target(), "x", "content-type", "text/plain"))
            .extracting(RestResponse::status)
            .isEqualTo(415);
        assertThat(request.send(request.body(), "content-encoding", "gzip").status())
            .isEqualTo(415);
      }
      if (request.isSecured()) {
        assertThat(request.as(null).status()).isEqualTo(401);
      }
      if (request.description().contains("Needs the role")) {
        assertThat(request.as(customer).status()).isEqualTo(403);
      }
      if (endpoint.path().contains("{id}")) {
        assertThat(request.send(request.body(), "if-match", "*").status()).isEqualTo(404);
      }
      for (var cursor : List.of("cursor", "after")) {
        if (request.takes(cursor)) {
          assertThat(request.with("?" + cursor + "=x").text("/code")).isEqualTo("INVALID_CURSOR");
        }
      }
    }
  }

  @Test
  @Order(1)
  void who_may_see_archived_products_is_documented() {
    assertThat(get("/v1/products?status=archived", null).status()).isEqualTo(401);
    assertThat(get("/v1/products?status=archived", customer).status()).isEqualTo(403);
    assertThat(get("/v1/products?status=archived", administrator).status()).isEqualTo(200);
  }

  @Test
  @Order(1)
  void what_becomes_of_accounts_is_documented() {
    var email = register();
    var taken =
        post("/v1/auth/register", null, account(email, CUSTOMER_PASSWORD, ",\"name\":\"Robin\""));
    assertThat(taken.text("/code")).isEqualTo("EMAIL_TAKEN");
    assertThat(post("/v1/auth/login", null, account(email, "wrong", "")).status()).isEqualTo(401);
    var session = logIn(email, CUSTOMER_PASSWORD);
    var refresh = "{\"refresh_token\":\"%s\"}".formatted(session.text("/refresh_token"));
    var token = post("/v1/auth/refresh", null, refresh).text("/access_token");
    assertThat(post("/v1/auth/refresh", null, "{\"refresh_token\":\"x\"}").status()).isEqualTo(401);
    var id = get("/v1/auth/me", token).text("/id");
    assertThat(send("PATCH", "/v1/auth/me", token, "{\"name\":\"Rob\"}").status()).isEqualTo(200);
    var change = "{\"currentPassword\":\"%s\",\"newPassword\":\"a long walk back home\"}";
    var path = "/v1/auth/me/password";
    assertThat(post(path, token, change.formatted("wrong")).text("/code"))
        .isEqualTo("INVALID_CREDENTIALS");
    assertThat(post(path, token, change.formatted(CUSTOMER_PASSWORD)).status()).isEqualTo(204);
    var own = get("/v1/auth/sessions", token).text("/items/0/id");
    assertThat(send("DELETE", "/v1/auth/sessions/" + own, token, null).status()).isEqualTo(204);
    assertThat(post("/v1/auth/logout", null, refresh).status()).isEqualTo(204);
    assertThat(get("/.well-known/jwks.json", null).status()).isEqualTo(200);

    assertThat(get("/v1/users", administrator).status()).isEqualTo(200);
    assertThat(get("/v1/users/" + id, administrator).status()).isEqualTo(200);
    logIn(email, "a long walk back home");
    var sessions = "/v1/users/" + id + "/sessions";
    var theirs = get(sessions, administrator).text("/items/0/id");
    assertThat(send("DELETE", sessions + "/" + theirs, administrator, null).status())
        .isEqualTo(204);
    assertThat(send("PATCH", "/v1/users/" + id, administrator, "{\"disabled\":true}").status())
        .isEqualTo(200);
    var self = get("/v1/auth/me", administrator).text("/id");
    assertThat(
            send("PATCH", "/v1/users/" + self, administrator, "{\"roles\":[\"customer\"]}")
                .text("/code"))
        .isEqualTo("LAST_ADMINISTRATOR");
    // On a busy machine, generating a key can take longer than the timeout of a request.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> post("/v1/auth/keys/rotate", administrator, null).status() == 200);
  }

  @Test
  @Order(1)
  void what_becomes_of_products_is_documented() {
    var sku = newSku();
    var product = create(sku, "EUR");
    assertThat(post("/v1/products", administrator, product(sku, "EUR")).text("/code"))
        .isEqualTo("SKU_TAKEN");
    var path = "/v1/products/" + product;
    var read = get(path, null);
    assertThat(client.send("GET", path, null, "if-none-match", read.header("etag")).status())
        .isEqualTo(304);
    assertThat(get("/v1/products?q=one", null).status()).isEqualTo(200);
    assertThat(get("/v1/products?status=archived", customer).status()).isEqualTo(403);
    var rename = "{\"name\":\"Two\"}";
    assertThat(send("PATCH", path, administrator, rename).status()).isEqualTo(428);
    assertThat(send("PATCH", path, administrator, rename, "if-match", "\"9\"").status())
        .isEqualTo(412);
    assertThat(send("PATCH", path, administrator, rename, "if-match", read.header("etag")).status())
        .isEqualTo(200);

    assertThat(get(path + "/stock", null).status()).isEqualTo(200);
    assertThat(adjust(product, 5, "k").status()).isEqualTo(201);
    assertThat(adjust(product, 5, "k").header("idempotency-replayed")).isEqualTo("true");
    assertThat(adjust(product, 6, "k").text("/code")).isEqualTo("IDEMPOTENCY_MISMATCH");
    assertThat(adjust(product, -100, "l").text("/code")).isEqualTo("STOCK_BELOW_RESERVED");
    assertThat(adjust(product, 1_000_000_000, "m").status()).isEqualTo(201);
    assertThat(adjust(product, 1_000_000_000, "n").text("/code")).isEqualTo("AMOUNT_TOO_LARGE");
    assertThat(get(path + "/stock/ledger", administrator).status()).isEqualTo(200);

    assertThat(send("DELETE", path, administrator, null, "if-match", "\"9\"").status())
        .isEqualTo(412);
    assertThat(send("DELETE", path, administrator, null).status()).isEqualTo(204);
    assertThat(order("archived", line(product, 1, "")).text("/code")).isEqualTo("PRODUCT_ARCHIVED");
  }

  @Test
  @Order(1)
  void what_becomes_of_orders_is_documented() {
    var product = create(newSku(), "EUR");
    var placed = order("first", line(product, 1, ""));
    assertThat(placed.status()).isEqualTo(201);
    assertThat(order("first", line(product, 1, "")).header("idempotency-replayed"))
        .isEqualTo("true");
    var rejections =
        Map.of(
            "first", line(product, 2, ""),
            "much", line(product, 100, ""),
            "dear", line(product, 1, ",\"expectedUnitPrice\":{\"amount\":1,\"currency\":\"EUR\"}"),
            "unknown", line(UUID.randomUUID().toString(), 1, ""),
            "mixed", line(product, 1, "") + "," + line(create(newSku(), "USD"), 1, ""));
    assertThat(
            rejections.entrySet().stream().map(r -> order(r.getKey(), r.getValue()).text("/code")))
        .containsExactlyInAnyOrder(
            "IDEMPOTENCY_MISMATCH",
            "OUT_OF_STOCK",
            "PRICE_CHANGED",
            "UNKNOWN_PRODUCT",
            "MIXED_CURRENCIES");

    var path = placed.header("location");
    assertThat(get(path, customer).status()).isEqualTo(200);
    assertThat(get(path + "/history", customer).status()).isEqualTo(200);
    assertThat(get("/v1/products/holds/" + placed.text("/id"), administrator).status())
        .isEqualTo(200);
    assertThat(get("/v1/products/holds/" + product, administrator).status()).isEqualTo(404);
    assertThat(get("/v1/orders", customer).status()).isEqualTo(200);
    assertThat(get("/v1/orders?customerId=" + UUID.randomUUID(), customer).status()).isEqualTo(403);
    var shipment = "{\"carrier\":\"DHL\",\"trackingNumber\":\"1\"}";
    assertThat(post(path + "/deliver", administrator, null).status()).isEqualTo(409);
    assertThat(post(path + "/ship", administrator, shipment).status()).isEqualTo(200);
    assertThat(post(path + "/cancel", customer, null).status()).isEqualTo(409);
    assertThat(post(path + "/deliver", administrator, null).status()).isEqualTo(200);
    var other = order("second", line(product, 1, "")).header("location");
    assertThat(post(other + "/cancel", customer, "{}").status()).isEqualTo(200);
    assertThat(post(other + "/ship", administrator, shipment).status()).isEqualTo(409);
    await()
        .untilAsserted(
            () ->
                assertThat(get("/v1/events?type=OrderShipped", customer).text("/items/0/type"))
                    .isEqualTo("OrderShipped"));
    assertThat(send("HEAD", "/v1/events/stream", customer, null).status()).isEqualTo(200);
  }

  @Test
  @Order(1)
  void what_becomes_of_parked_events_is_documented() throws SQLException {
    TestServer.ask(
        shop.databases().of("order"),
        """
        delete from refused_event where event_id > 1000000;
        delete from event where id > 1000000;
        insert into event (id, order_id, customer_id, sequence, type, time, data) overriding system value
        select id, gen_random_uuid(), gen_random_uuid(), 1, 'OrderPlaced', now(),
               '{"customerId":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff","total":1,"currency":"EUR"}'
          from generate_series(1000001, 1000002) as id;
        insert into refused_event (event_id, order_id, sequence, type, attempts, parked_at)
        select id, order_id, sequence, type, 12, now() from event where id > 1000000
        """);
    var path = "/v1/orders/parked-events";
    var first = get(path + "?limit=1", administrator);
    assertThat(first.number("/items/0/id")).isEqualTo(1000001);
    assertThat(
            get(path + "?cursor=" + first.text("/nextCursor"), administrator).text("/items/0/id"))
        .isEqualTo("1000002");
    assertThat(get(path, customer).status()).isEqualTo(403);
    assertThat(post(path + "/1000001/retry", administrator, null).status()).isEqualTo(204);
    assertThat(post(path + "/1000001/discard", administrator, null).status()).isEqualTo(409);
    assertThat(post(path + "/1000002/discard", administrator, null).status()).isEqualTo(204);
    assertThat(post(path + "/1000002/retry", administrator, null).text("/code"))
        .isEqualTo("NOT_PARKED");
    assertThat(post(path + "/0/retry", administrator, null).status()).isEqualTo(400);
    assertThat(post(path + "/0/discard", administrator, null).status()).isEqualTo(400);
  }

  @Test
  @Order(1)
  void what_is_told_of_the_cluster_is_documented() {
    assertThat(get("/v1/cluster", administrator).status()).isEqualTo(200);
    assertThat(post("/v1/cluster/commands", administrator, "{\"command\":\"audit\"}").status())
        .isEqualTo(404);
  }

  @Test
  @Order(1)
  void a_type_of_events_that_is_misspelt_is_rejected() {
    for (var path : List.of("/v1/events", "/v1/events/stream")) {
      for (var type : List.of("OrderPlaecd", "orderPlaced", "Order", "OrderPlaced2")) {
        var rejected = get(path + "?type=" + type, customer);
        assertThat(rejected.text("/errors/0/in")).isEqualTo("query");
        assertThat(rejected.text("/errors/0/pointer")).isEqualTo("/type");
        assertThat(rejected.text("/errors/0/detail")).contains("OrderPlaced", "StockAdjusted");
      }
    }
  }

  @Test
  @Order(1)
  void every_code_of_the_code_has_its_page() throws IOException, InterruptedException {
    var codes =
        Stream.<ErrorCode[]>of(
                CommonError.values(),
                AuthError.values(),
                OrderError.values(),
                ProductError.values())
            .flatMap(Stream::of)
            .toList();
    for (var code : codes) {
      var page =
          HttpRequest.newBuilder(URI.create(shop.client().base() + "/problems/" + code)).build();
      assertThat(HttpClient.newHttpClient().send(page, BodyHandlers.ofString()).body())
          .contains("<strong>" + code.title() + ".</strong> HTTP status " + code.status());
    }
  }

  @Test
  @Order(2)
  void nothing_is_documented_that_no_response_showed() {
    assertThat(document.unseen()).allMatch(COVERED_BY_OTHER_TESTS.asMatchPredicate());
  }

  /** An administrator's request that is valid, except that its id does not exist. */
  private record Request(Endpoint endpoint) {
    String method() {
      return endpoint.method().toUpperCase(Locale.ROOT);
    }

    String target() {
      var id = endpoint.path().contains("parked-events") ? "4711" : UUID.randomUUID().toString();
      return endpoint.path().replaceAll("\\{[^}]+}", id);
    }

    String body() {
      var content = document.operation(endpoint).at("/requestBody/content");
      return content.isEmpty() ? null : content.iterator().next().path("example").toString();
    }

    String description() {
      return document.operation(endpoint).path("description").asText();
    }

    boolean isSecured() {
      var security = document.operation(endpoint).path("security");
      return !security.isEmpty() && !security.get(0).isEmpty();
    }

    boolean takes(String parameter) {
      var all = document.operation(endpoint).path("parameters").toString();
      return all.contains(parameter.equals("cursor") ? "parameters/Cursor" : "AfterEvent");
    }

    RestResponse with(String query) {
      return RestDocumentTest.send(direct, method(), target() + query, administrator, body());
    }

    RestResponse as(String token) {
      return RestDocumentTest.send(direct, method(), target(), token, body());
    }

    RestResponse send(String body, String... headers) {
      return RestDocumentTest.send(direct, method(), target(), administrator, body, headers);
    }

    RestResponse raw(String version, String lines) {
      return direct.raw(method(), target(), version, lines);
    }
  }

  private static String newSku() {
    return "ONE-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  }

  private static String create(String sku, String currency) {
    var created = post("/v1/products", administrator, product(sku, currency));
    assertThat(created.status()).isEqualTo(201);
    return created.text("/id");
  }

  private static String product(String sku, String currency) {
    return "{\"sku\":\"%s\",\"name\":\"One\",\"category\":\"x\",\"initialStock\":20,\"price\":{\"amount\":500,\"currency\":\"%s\"}}"
        .formatted(sku, currency);
  }

  private static RestResponse adjust(String product, int delta, String key) {
    return send(
        "POST",
        "/v1/products/" + product + "/stock/adjustments",
        administrator,
        "{\"delta\":%s,\"reason\":\"x\"}".formatted(delta),
        "idempotency-key",
        key);
  }

  private static String line(String product, int quantity, String more) {
    return "{\"productId\":\"%s\",\"quantity\":%s%s}".formatted(product, quantity, more);
  }

  private static RestResponse order(String key, String lines) {
    return send(
        "POST", "/v1/orders", customer, "{\"lines\":[" + lines + "]}", "idempotency-key", key);
  }

  private static String register() {
    var email = UUID.randomUUID() + "@example.org";
    assertThat(
            post(
                    "/v1/auth/register",
                    null,
                    account(email, CUSTOMER_PASSWORD, ",\"name\":\"Robin\""))
                .status())
        .isEqualTo(201);
    return email;
  }

  private static RestResponse logIn(String email, String password) {
    var answer = post("/v1/auth/login", null, account(email, password, ""));
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  private static String account(String email, String password, String more) {
    return "{\"email\":\"%s\",\"password\":\"%s\"%s}".formatted(email, password, more);
  }

  private static RestResponse get(String target, String token) {
    return send("GET", target, token, null);
  }

  private static RestResponse post(String target, String token, String body) {
    return send("POST", target, token, body);
  }

  private static RestResponse send(
      String method, String target, String token, String body, String... headers) {
    return send(client, method, target, token, body, headers);
  }

  private static RestResponse send(
      DocumentedClient to,
      String method,
      String target,
      String token,
      String body,
      String... headers) {
    var all = new java.util.ArrayList<>(List.of(headers));
    if (token != null) {
      all.addAll(List.of("authorization", "Bearer " + token));
    }
    if (body != null) {
      all.addAll(List.of("content-type", JSON));
    }
    return to.send(method, target, body, all.toArray(String[]::new));
  }
}
