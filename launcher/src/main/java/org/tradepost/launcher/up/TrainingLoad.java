package org.tradepost.launcher.up;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/**
 * Sends what customers request most, many requests at a time. A JVM that records profiles learns
 * from them which code to compile first. Rejected requests are ignored, because nothing is checked
 * here.
 */
final class TrainingLoad {
  private static final int CUSTOMERS = 4;
  private static final int CONCURRENT_VISITS = 32;
  private static final String PASSWORD = UUID.randomUUID().toString();

  private final RestClient client;
  private final long end;
  private final List<String> products;
  private final List<String> tokens;

  private TrainingLoad(RestClient client, Duration time) {
    this.client = client;
    this.products =
        StreamSupport.stream(
                client.send(RestRequest.get("/v1/products")).body().path("items").spliterator(),
                false)
            .map(product -> product.path("id").asText())
            .toList();
    this.tokens = IntStream.range(0, CUSTOMERS).mapToObj(this::register).toList();
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Sends requests for {@code time}, then waits for the last responses. */
  static void run(RestClient client, Duration time) {
    var load = new TrainingLoad(client, time);
    CompletableFuture.allOf(
            IntStream.range(0, CONCURRENT_VISITS)
                .mapToObj(visit -> load.visits())
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private String register(int number) {
    var email = "customer-" + number + "@tradepost.example";
    client.send(
        RestRequest.post(
            "/v1/auth/register", Map.of("email", email, "password", PASSWORD, "name", "Training")));
    return client.send(RestRequest.logIn(email, PASSWORD)).text("/access_token");
  }

  private CompletableFuture<Void> visits() {
    return System.nanoTime() - end >= 0
        ? CompletableFuture.completedFuture(null)
        : visit().thenComposeAsync(ignored -> visits());
  }

  /** Cancels the order at the end, so that the stock lasts. */
  private CompletableFuture<?> visit() {
    var token = oneOf(tokens);
    var product = oneOf(products);
    return client
        .sendAsync(RestRequest.get("/v1/products/" + product))
        .thenCompose(read -> client.sendAsync(RestRequest.get("/v1/products/" + product).as(token)))
        .thenCompose(read -> client.sendAsync(order(product).as(token)))
        .thenCompose(placed -> client.sendAsync(cancel(placed.text("/id")).as(token)))
        .thenCompose(cancelled -> client.sendAsync(RestRequest.get("/v1/orders").as(token)));
  }

  private static RestRequest order(String product) {
    return RestRequest.post(
            "/v1/orders", Map.of("lines", List.of(Map.of("productId", product, "quantity", 1))))
        .with("idempotency-key", UUID.randomUUID().toString());
  }

  private static RestRequest cancel(String order) {
    return RestRequest.of("POST", "/v1/orders/" + order + "/cancel");
  }

  private static String oneOf(List<String> all) {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }
}
