package org.tradepost.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tradepost.common.json.WireJson;

/** Customers who send requests without waiting for the responses to others. */
final class Shoppers {

  /** How long a customer waits for an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final String url;
  private final String product;
  private final List<String> tokens;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param url the address of the shop
   * @param product the product that they read and buy
   * @param tokens the tokens of the customers, who take turns
   */
  Shoppers(String url, String product, List<String> tokens) {
    this.url = url;
    this.product = product;
    this.tokens = tokens;
  }

  /** Sends a request; the result is the status of the response. */
  CompletableFuture<Integer> send(RequestKind kind) {
    var token = tokens.get(Math.floorMod(next.getAndIncrement(), tokens.size()));
    var status =
        switch (kind) {
          case ORDER -> order(token);
          case OWN_ORDERS -> get("/v1/orders", token);
          // With a token, because without one the gateway may answer from its cache.
          case PRODUCT -> get("/v1/products/" + product, token);
          case LOG_IN -> logIn();
        };
    return status.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  CompletableFuture<Integer> get(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token).GET())
        .thenApply(HttpResponse::statusCode);
  }

  private CompletableFuture<Integer> order(String token) {
    var line = Map.of("productId", product, "quantity", 1);
    var request =
        post("/v1/orders", Map.of("lines", List.of(line)))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", UUID.randomUUID().toString());
    return send(request).thenApply(HttpResponse::statusCode);
  }

  /** Logs in, and uses the new token at once. */
  private CompletableFuture<Integer> logIn() {
    var account = Map.of("email", ShopCluster.ADMIN, "password", ShopCluster.ADMIN_PASSWORD);
    return send(post("/v1/auth/login", account)).thenCompose(this::useToken);
  }

  private CompletableFuture<Integer> useToken(HttpResponse<String> login) {
    if (login.statusCode() != 200) {
      return CompletableFuture.completedFuture(login.statusCode());
    }
    var token = WireJson.read(login.body(), JsonNode.class).path("access_token").asText();
    return get("/v1/auth/me", token);
  }

  private HttpRequest.Builder post(String path, Object body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(WireJson.writeText(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private static CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
