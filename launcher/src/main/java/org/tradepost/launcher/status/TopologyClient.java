package org.tradepost.launcher.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Asks nodes for the state of the whole cluster. One reply is enough, so all are asked at once. */
final class TopologyClient {
  /** Longer than a node waits for the others. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /**
   * Returns the first reply.
   *
   * @param nodes the addresses of their management ports
   * @throws CommandFailure if none replies
   */
  JsonNode ask(List<URI> nodes) {
    var first = new CompletableFuture<JsonNode>();
    CompletableFuture<?>[] asked =
        nodes.stream()
            .map(TopologyClient::ask)
            .map(answer -> answer.thenAccept(first::complete))
            .toArray(CompletableFuture[]::new);
    try {
      // If all are done and there is no first reply, none has replied.
      CompletableFuture.anyOf(first, CompletableFuture.allOf(asked)).join();
      return first.join();
    } catch (CompletionException e) {
      throw new CommandFailure(
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
