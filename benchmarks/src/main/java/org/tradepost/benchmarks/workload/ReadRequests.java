package org.tradepost.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.LoadRequest;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Reads whose responses are known and compared byte by byte. */
public record ReadRequests(List<LoadRequest> requests) implements LoadRequest.Source {

  /**
   * Reads of one of these paths at random.
   *
   * @param token the token of the reader, or empty for none
   */
  public static ReadRequests of(int port, List<String> paths, String token) {
    var rest = new BenchmarkClient(port);
    return new ReadRequests(
        paths.stream()
            .map(RestRequest::get)
            .map(request -> token.isEmpty() ? request : request.as(token))
            .map(request -> LoadRequest.of(request, is(rest.send(200, request))))
            .toList());
  }

  private static LoadRequest.Check is(RestResponse response) {
    return LoadRequest.is(response.content().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public LoadRequest next() {
    return requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }
}
