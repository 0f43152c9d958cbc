package org.tradepost.gateway.http;

import io.github.bucket4j.Bucket;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;

/**
 * Chooses which requests are logged: a fixed number per second, which bounds the cost of logging in
 * a flood of requests. The services log the same requests. One per gateway, shared by its event
 * loops.
 */
public final class AccessLog {

  private final Optional<Bucket> lines;

  /**
   * @param perSecond how many requests are logged per second; 0 for none
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
   * Creates the line of a request that has just arrived.
   *
   * @param traceparent its W3C trace context, or null
   */
  public AccessLine line(HttpMethod method, String requestId, String traceparent) {
    var chosen = lines.isPresent() && lines.get().tryConsume(1);
    return new AccessLine(method, requestId, traceparent, chosen);
  }
}
