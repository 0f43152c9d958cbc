package org.tradepost.launcher.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tradepost.common.json.WireJson;
import org.tradepost.launcher.cli.StartFailure;

/** Asks nodes for the whole cluster. One that answers is enough, so all are asked at once. */
final class TopologyClient {
  /** A node waits for the others less long. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * What the first that answers says.
   *
   * @param nodes the addresses of their management ports
   * @throws StartFailure if none answers
   */
  JsonNode ask(List<URI> nodes) {
    var first = new CompletableFuture<JsonNode>();
    CompletableFuture<?>[] asked =
        nodes.stream()
            .map(this::ask)
            .map(answer -> answer.thenAccept(first::complete))
            .toArray(CompletableFuture[]::new);
    try {
      // All of them are done without the first only when none has answered.
      CompletableFuture.anyOf(first, CompletableFuture.allOf(asked)).join();
      return first.join();
    } catch (CompletionException e) {
      throw new StartFailure(
          "No Tradepost answers at "
              + String.join(", ", nodes.stream().map(URI::toString).toList())
              + "; is it running?",
          e);
    }
  }

  private CompletableFuture<JsonNode> ask(URI node) {
    var request = HttpRequest.newBuilder(URI.create(node + "/topology")).timeout(TIMEOUT).build();
    return http.sendAsync(request, BodyHandlers.ofString()).thenApply(TopologyClient::read);
  }

  private static JsonNode read(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new CompletionException(new IllegalStateException("status " + answer.statusCode()));
    }
    try {
      return WireJson.mapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new CompletionException(e);
    }
  }
}
