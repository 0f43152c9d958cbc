package org.tradepost.proof.torture.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** The REST API as clients use it: each request goes to a random gateway. */
public final class TortureClient {
  /** Longer than the gateway waits for a service, which then answers 503. */
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(7);

  private static final int MAX_REPETITIONS = 60;

  private static final Executor A_SECOND_LATER =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final List<RestClient> gateways;

  public TortureClient(List<URI> gateways) {
    this.gateways = gateways.stream().map(RestClient::new).toList();
  }

  /** Sends a request once; the future does not fail. */
  CompletableFuture<ApiReply> send(RestRequest request) {
    var isPatient = request.timeout().compareTo(MAX_TIMEOUT) > 0;
    return gateways
        .get(ThreadLocalRandom.current().nextInt(gateways.size()))
        .sendAsync(isPatient ? request.within(MAX_TIMEOUT) : request)
        .handle(ApiReply::of);
  }

  /**
   * The reply to a request that must succeed. A cluster that has just started on a busy machine may
   * answer 503, so the request is repeated every second for a minute while it does.
   *
   * @param failure says what could not be done, if it does not
   * @throws TortureFailure if it does not
   */
  ApiReply require(int status, RestRequest request, String failure) {
    var reply = send(request).join();
    for (var left = MAX_REPETITIONS; reply.status() == 503 && left > 0; left--) {
      reply =
          CompletableFuture.runAsync(() -> {}, A_SECOND_LATER)
              .thenCompose(done -> send(request))
              .join();
    }
    if (reply.status() != status) {
      throw new TortureFailure(failure + ": " + reply.failure());
    }
    return reply;
  }
}
