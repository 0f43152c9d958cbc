package org.tradepost.benchmarks.workload;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Prepares measurements over HTTP; its own requests are not measured. */
public final class BenchmarkClient {
  private final RestClient rest;

  public BenchmarkClient(int port) {
    this.rest = new RestClient(URI.create("http://" + LoopbackAddress.withPort(port)));
  }

  /** Whether a read gets 200. */
  public boolean answers(String path) {
    return rest.answers(path);
  }

  /**
   * Sends a request that must get that status, and returns the response.
   *
   * @throws MeasurementFailure if it gets another status or no response
   */
  public RestResponse send(int status, RestRequest request) {
    return sendAll(status, List.of(request)).get(0);
  }

  /** Sends all requests at once; the responses are in their order. See {@link #send}. */
  List<RestResponse> sendAll(int status, List<RestRequest> requests) {
    var sent = requests.stream().map(rest::sendAsync).toList();
    return sent.stream().map(response -> require(status, response)).toList();
  }

  private static RestResponse require(int status, CompletableFuture<RestResponse> sent) {
    RestResponse response;
    try {
      response = sent.join();
    } catch (CompletionException e) {
      throw new MeasurementFailure(e.getCause().getMessage(), e);
    }
    if (response.status() != status) {
      throw new MeasurementFailure(
          "A request was answered with %s %s".formatted(response.status(), response.content()));
    }
    return response;
  }
}
