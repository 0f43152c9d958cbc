package org.tradepost.launcher.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Asks nodes for the whole cluster. One that answers is enough, so all are asked at once. */
final class TopologyClient {
  /** A node waits for the others less long. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

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
            .map(TopologyClient::ask)
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

  private static CompletableFuture<JsonNode> ask(URI node) {
    return new RestClient(node)
        .sendAsync(RestRequest.get("/topology").within(TIMEOUT))
        .thenApply(TopologyClient::read);
  }

  private static JsonNode read(RestResponse answer) {
    if (answer.status() != 200 || !answer.body().isObject()) {
      throw new IllegalStateException("not a topology, status " + answer.status());
    }
    return answer.body();
  }
}
