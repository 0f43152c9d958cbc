package org.tradepost.launcher.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.contract.RestDocument;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Sends hostile values in place of a time, a number, an id or a cursor. */
class HostileValuesTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CUSTOMER_PASSWORD = "a long walk to the sea";

  /** As they are written in JSON. */
  private static final List<String> VALUES =
      List.of(
          "\"+294277-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"-4714-01-01T00:00:00Z\"",
          "\"0000-01-01T00:00:00+18:00\"",
          "\"9999-12-31T23:59:59-18:00\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"infinity\"",
          "\"NaN\"",
          "\"Infinity\"",
          "\"-1\"",
          "\"09\"",
          "\"0x10\"",
          "\"9223372036854775807\"",
          "\"9223372036854775808\"",
          "\"18446744073709551616\"",
          "\"" + "9".repeat(99) + "\"",
          "\"1-1\"",
          "\"09-09\"",
          "\"0x1f-0\"",
          "\"18446744073709551615-9223372036854775807\"",
          "\"9999999999999999999-999999999999999999\"",
          "\"latest\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"1-1-1-1-1\"",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"2026-01-01T12:00:60Z\"",
          "\"2026-01-01 00:00:00Z\"",
          "\"'; select 1; --\"",
          "\"" + "x".repeat(600) + "\"",
          "7",
          "-1.5e300",
          "1e400",
          "1e999999999",
          "-1e-999999999",
          "1e99999999999",
          "1.99999999999999999999",
          "10000000000.0000000001",
          "-0",
          "9".repeat(99),
          "true",
          "null",
          "[]",
          "{\"keys\":[[]]}",
          "[".repeat(100) + "]".repeat(100));

  @TempDir private static Path directory;
  private static TestSingleJvm shop;
  private static RestDocument document;
  private static String administrator;
  private static String customer;
  private static String product;

  @BeforeAll
  static void start() {
    shop = TestSingleJvm.start(directory);
    document = new RestDocument(shop.client().send(RestRequest.get("/openapi.json")).body());
    administrator = logIn(administrator());
    var account = register();
    logIn(account);
    customer = logIn(account);
    product = send(get("/v1/products", "sort=createdAt"), "").body().at("/items/0/id").asText();
    var order = JSON.objectNode();
    order.putArray("lines").addObject().put("productId", product).put("quantity", 1);
    var adjustment = JSON.objectNode().put("delta", 5).put("reason", "Delivery.");
    for (var i = 0; i < 2; i++) {
      assertThat(send(RestRequest.post("/v1/orders", order), customer).status()).isEqualTo(201);
      var path = "/v1/products/" + product + "/stock/adjustments";
      assertThat(send(RestRequest.post(path, adjustment), administrator).status()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void keys_of_cursors() throws IOException {
    forge("/v1/orders", customer);
    forge("/v1/orders", administrator);
    forge("/v1/auth/sessions", customer);
    forge("/v1/users", administrator);
    forge("/v1/products/" + product + "/stock/ledger", administrator);
    for (var sort : List.of("name", "price", "createdAt")) {
      forge("/v1/products?sort=" + sort, "");
      forge("/v1/products?sort=-" + sort, "");
    }
    everythingIsServed();
  }

  @Test
  void places_of_readers_of_events() {
    for (var value : VALUES) {
      var text = text(value);
      var cursor = base64("{\"order\":" + value + ",\"product\":" + value + "}");
      for (var after : List.of(text, base64(value), cursor)) {
        expectAnswer(get("/v1/events", "after=" + encoded(after)), administrator);
        expectAnswer(head("/v1/events/stream?after=" + encoded(after)), customer);
        if (after.chars().allMatch(unit -> unit > ' ' && unit < 127)) {
          expectAnswer(head("/v1/events/stream").with("last-event-id", after), customer);
        }
      }
      expectAnswer(get("/v1/events", "type=" + encoded(text)), administrator);
    }
    everythingIsServed();
  }

  @Test
  void parameters_of_every_type() {
    var parameters =
        Map.of(
            "/v1/orders",
            List.of("placedAfter", "placedBefore", "customerId", "status", "limit"),
            "/v1/products",
            List.of("minPrice", "maxPrice", "category", "q", "sort", "limit"),
            "/v1/users",
            List.of("email", "limit"),
            "/v1/auth/sessions",
            List.of("limit", "cursor"),
            "/v1/products/" + product + "/stock/ledger",
            List.of("limit", "cursor"));
    for (var value : VALUES) {
      var text = encoded(text(value));
      parameters.forEach(
          (path, names) ->
              names.forEach(name -> expectAnswer(get(path, name + "=" + text), administrator)));
      for (var path :
          List.of("/v1/orders/%s", "/v1/orders/%s/history", "/v1/products/%s", "/v1/users/%s")) {
        expectAnswer(get(path.formatted(text), ""), administrator);
      }
    }
    everythingIsServed();
  }

  @Test
  void fields_of_bodies() {
    var line = "{\"lines\":[{\"productId\":\"%s\",\"quantity\":%s,\"expectedUnitPrice\":%s}]}";
    var price = "{\"amount\":%s,\"currency\":\"EUR\"}";
    for (var value : VALUES) {
      post("/v1/orders", line.formatted(product, value, price.formatted("1")), customer);
      post("/v1/orders", line.formatted(product, "1", price.formatted(value)), customer);
      post("/v1/orders", "{\"lines\":" + value + "}", customer);
      post("/v1/orders", value, customer);
      var adjustment = "{\"delta\":%s,\"reason\":%s}";
      var stock = "/v1/products/" + product + "/stock/adjustments";
      post(stock, adjustment.formatted(value, "\"x\""), administrator);
      post(stock, adjustment.formatted("1", value), administrator);
      post("/v1/auth/refresh", "{\"refresh_token\":" + value + "}", "");
    }
    everythingIsServed();
  }

  /** One address that logs in as often as it can, and an account that changes its password. */
  @Test
  void passwords_that_one_address_lets_hash_leave_room_for_others() throws Exception {
    var threads = Executors.newFixedThreadPool(100);
    try {
      var account = register();
      var token = logIn(account);
      var logins = new ArrayList<Future<RestResponse>>();
      for (var i = 0; i < 300; i++) {
        var unknown = JSON.objectNode().put("email", i + "@nobody.example").put("password", "x");
        Callable<RestResponse> login = () -> send(RestRequest.post("/v1/auth/login", unknown), "");
        logins.add(threads.submit(login));
      }
      var change =
          JSON.objectNode()
              .put("currentPassword", CUSTOMER_PASSWORD)
              .put("newPassword", "a long walk back from the sea");
      var changing = RestRequest.post("/v1/auth/me/password", change);
      assertThat(send(changing, token).status()).isEqualTo(204);
      var codes = new ArrayList<String>();
      for (var login : logins) {
        codes.add(login.get().text("/code"));
      }
      assertThat(codes).containsOnly("INVALID_CREDENTIALS", "TOO_MANY_REQUESTS");
      logIn(register());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Puts every value into every key of a cursor that the listing returned. */
  private static void forge(String listing, String token) throws IOException {
    var page = send(get(listing, "limit=1"), token);
    var genuine = page.text("/nextCursor");
    assertThat(genuine).as(listing + " " + page).isNotEmpty();
    var cursor = MAPPER.readTree(Base64.getUrlDecoder().decode(genuine));
    for (var key = 0; key < cursor.path("keys").size(); key++) {
      for (var value : VALUES) {
        // As text, since a JSON library cannot write all of them.
        ObjectNode marked = cursor.deepCopy();
        ((ArrayNode) marked.path("keys")).set(key, JSON.textNode("HERE"));
        var forged = marked.toString().replace("\"HERE\"", value);
        expectAnswer(get(listing, "cursor=" + base64(forged)), token);
      }
    }
    for (var value : VALUES) {
      expectAnswer(get(listing, "cursor=" + encoded(text(value))), token);
      expectAnswer(get(listing, "cursor=" + base64(value)), token);
      var keys = cursor.path("listing").toString();
      var forged = "{\"listing\":" + keys + ",\"keys\":" + value + "}";
      expectAnswer(get(listing, "cursor=" + base64(forged)), token);
    }
  }

  /** Expects success, or a client error that says what is wrong with the request. */
  private static void expectAnswer(RestRequest request, String token) {
    var answer = send(request, token);
    assertThat(answer.status()).as("%s: %s", request, answer).isLessThan(500);
    if (answer.status() >= 400 && !request.method().equals("HEAD")) {
      assertThat(answer.header("content-type"))
          .as("%s: %s", request, answer)
          .isEqualTo("application/problem+json");
    }
    if (answer.text("/code").equals("INVALID_REQUEST")) {
      assertThat(answer.body().at("/errors/0/pointer").isTextual()).as("%s", answer).isTrue();
    }
  }

  private static void post(String path, String body, String token) {
    JsonNode raw = JSON.rawValueNode(new RawValue(body));
    expectAnswer(RestRequest.post(path, raw), token);
  }

  private static void everythingIsServed() {
    for (var path : List.of("/v1/orders", "/v1/auth/me", "/v1/products", "/v1/events")) {
      assertThat(send(get(path, ""), customer).status()).as(path).isEqualTo(200);
    }
  }

  private static RestRequest get(String path, String query) {
    var separator = path.contains("?") ? "&" : "?";
    return RestRequest.get(query.isEmpty() ? path : path + separator + query);
  }

  private static RestRequest head(String path) {
    return RestRequest.of("HEAD", path);
  }

  /** Sends a request and asserts that the response is documented. */
  private static RestResponse send(RestRequest request, String token) {
    var answer = shop.client().send(token.isEmpty() ? request : request.as(token));
    assertThat(document.faults(request.method(), request.path(), answer)).isEmpty();
    return answer;
  }

  private static ObjectNode register() {
    var account =
        JSON.objectNode()
            .put("email", UUID.randomUUID() + "@example.org")
            .put("password", CUSTOMER_PASSWORD);
    var registration = account.deepCopy().put("name", "Robin");
    assertThat(send(RestRequest.post("/v1/auth/register", registration), "").status())
        .isEqualTo(201);
    return account;
  }

  private static String logIn(ObjectNode account) {
    var answer = send(RestRequest.post("/v1/auth/login", account), "");
    assertThat(answer.status()).isEqualTo(200);
    return answer.text("/access_token");
  }

  private static ObjectNode administrator() {
    return JSON.objectNode()
        .put("email", "admin@tradepost.example")
        .put("password", shop.administratorPassword());
  }

  /** A value as it is written in a query: text without its quotes, the rest unchanged. */
  private static String text(String value) {
    try {
      var node = MAPPER.readTree(value);
      return node.isTextual() ? node.textValue() : value;
    } catch (IOException e) {
      return value;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
