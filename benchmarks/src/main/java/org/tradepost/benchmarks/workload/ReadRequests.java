package org.tradepost.benchmarks.workload;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.LoadRequest;

/** Reads with known responses: their bytes are compared. */
public final class ReadRequests implements LoadRequest.Source {
  private final List<LoadRequest> requests;

  private ReadRequests(List<LoadRequest> requests) {
    this.requests = requests;
  }

  /**
   * Reads of one of these paths at random.
   *
   * @param token whose, or empty
   */
  public static ReadRequests of(int port, List<String> paths, String token) {
    BenchmarkClient rest = new BenchmarkClient(port);
    Map<String, String> headers =
        token.isEmpty() ? Map.of() : Map.of("authorization", "Bearer " + token);
    return new ReadRequests(
        paths.stream()
            .map(
                path ->
                    LoadRequest.of(
                        "GET", path, headers, "", LoadRequest.is(rest.read(path, token))))
            .toList());
  }

  @Override
  public LoadRequest next() {
    return requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }
}
