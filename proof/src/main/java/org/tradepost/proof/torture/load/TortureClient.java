package org.tradepost.proof.torture.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.common.json.WireJson;

/** The REST API as clients use it: each request goes to a random gateway. */
public final class TortureClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Longer than the gateway waits for a service, which then answers 503. */
  private static final Duration TIMEOUT = Duration.ofSeconds(7);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final List<URI> gateways;

  public TortureClient(List<URI> gateways) {
    this.gateways = gateways;
  }

  /**
   * A request before it is sent.
   *
   * @param body none for a GET
   * @param token empty for an anonymous caller
   * @param key the idempotency key, or empty
   * @param timeout after which the client gives up waiting
   */
  record Request(String path, Optional<Object> body, String token, String key, Duration timeout) {
    static Request get(String path, String token) {
      return new Request(path, Optional.empty(), token, "", TIMEOUT);
    }

    static Request post(String path, Object body, String token) {
      return new Request(path, Optional.of(body), token, "", TIMEOUT);
    }

    Request withKey(String idempotencyKey) {
      return new Request(path, body, token, idempotencyKey, timeout);
    }

    Request within(Duration other) {
      return new Request(path, body, token, key, other);
    }
  }

  /** Sends it once; the future does not fail. */
  CompletableFuture<ApiReply> send(Request request) {
    URI gateway = gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(gateway + request.path())).timeout(request.timeout());
    if (!request.token().isEmpty()) {
      builder.header("authorization", "Bearer " + request.token());
    }
    if (!request.key().isEmpty()) {
      builder.header("idempotency-key", request.key());
    }
    request
        .body()
        .ifPresent(
            body ->
                builder
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(WireJson.writeText(body))));
    return http.sendAsync(builder.build(), BodyHandlers.ofString())
        .thenApply(TortureClient::reply)
        .exceptionally(TortureClient::missing);
  }

  private static ApiReply reply(HttpResponse<String> response) {
    return ApiReply.of(response.statusCode(), parse(response.body()));
  }

  private static JsonNode parse(String body) {
    try {
      return WireJson.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(body);
    }
  }

  private static ApiReply missing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return ApiReply.missing(cause.getClass().getSimpleName());
  }
}
