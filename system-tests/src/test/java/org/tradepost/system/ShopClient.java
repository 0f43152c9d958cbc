package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.json.WireJson;

/** The REST API as a client uses it. */
final class ShopClient {

  static final String PASSWORD = "a long walk to the sea and back";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;

  ShopClient(String url) {
    this.url = url;
  }

  /** A response and its parsed body. */
  record Reply(int status, JsonNode body, HttpResponse<String> response) {
    Reply expect(int expected) {
      assertThat(status).as("%s %s", response.uri(), response.body()).isEqualTo(expected);
      return this;
    }

    String id() {
      return body.path("id").asText();
    }
  }

  Reply get(String path, String token) {
    return send(request(path, token).GET());
  }

  Reply post(String path, String token, Object body, String... headers) {
    var request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(WireJson.writeText(body)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  String logIn(String email, String password) {
    return post("/v1/auth/login", null, Map.of("email", email, "password", password))
        .expect(200)
        .body()
        .path("access_token")
        .asText();
  }

  String newCustomer() {
    var email = UUID.randomUUID() + "@customer.example";
    post("/v1/auth/register", null, Map.of("email", email, "password", PASSWORD, "name", "Ada"))
        .expect(201);
    return logIn(email, PASSWORD);
  }

  String newProduct(String adminToken, int stock) {
    var product =
        Map.of(
            "sku",
            "SKU-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT),
            "name",
            "Brass lamp",
            "description",
            "A lamp of brass.",
            "category",
            "lamps",
            "price",
            Map.of("amount", 4900, "currency", "EUR"),
            "attributes",
            Map.of("colour", "gold"),
            "initialStock",
            stock);
    return post("/v1/products", adminToken, product).expect(201).id();
  }

  Reply order(String token, String product, int quantity, String key) {
    var line = Map.of("productId", product, "quantity", quantity);
    return post("/v1/orders", token, Map.of("lines", new Object[] {line}), "Idempotency-Key", key);
  }

  int available(String product) {
    return get("/v1/products/" + product + "/stock", null)
        .expect(200)
        .body()
        .path("available")
        .asInt();
  }

  private HttpRequest.Builder request(String path, String token) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(1));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Reply send(HttpRequest.Builder request) {
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var text = response.body();
      var json = text.startsWith("{") || text.startsWith("[");
      return new Reply(
          response.statusCode(),
          json ? WireJson.read(text, JsonNode.class) : WireJson.mapper().missingNode(),
          response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
