package org.tradepost.gateway.http;

import io.github.bucket4j.Bucket;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;

/**
 * Chooses which requests are logged: so many a second, so that a flood of requests costs no more
 * than that. The services write lines about the same requests. One for a gateway, shared by its
 * event loops.
 */
public final class AccessLog {

  private final Optional<Bucket> lines;

  /**
   * @param perSecond how many requests are logged a second; none if it is 0
   */
  public AccessLog(int perSecond) {
    this.lines =
        perSecond == 0
            ? Optional.empty()
            : Optional.of(
                Bucket.builder()
                    .addLimit(
                        limit ->
                            limit
                                .capacity(perSecond)
                                .refillGreedy(perSecond, Duration.ofSeconds(1)))
                    .build());
  }

  /**
   * The line about a request that has just come.
   *
   * @param traceparent its W3C trace context, or null
   */
  public AccessLine line(HttpMethod method, String requestId, String traceparent) {
    var chosen = lines.isPresent() && lines.get().tryConsume(1);
    return new AccessLine(method, requestId, traceparent, chosen);
  }
}
