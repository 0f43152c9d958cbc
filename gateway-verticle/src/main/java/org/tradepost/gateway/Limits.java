package org.tradepost.gateway;

import java.time.Duration;
import org.tradepost.common.runtime.Settings;

/**
 * How much a request may take.
 *
 * @param request from its arrival to its answer
 * @param body for its body to arrive
 * @param idle for a connection without traffic
 * @param stale the greatest age of a cached answer while its service is away
 * @param bodyBytes the largest body
 */
public record Limits(
    Duration request, Duration body, Duration idle, Duration stale, int bodyBytes) {

  private static final int KIBIBYTE = 1024;

  static Limits from(Settings settings) {
    return new Limits(
        settings.seconds("TRADEPOST_REQUEST_TIMEOUT_SECONDS", 10, 1, 300),
        settings.seconds("TRADEPOST_BODY_TIMEOUT_SECONDS", 10, 1, 300),
        settings.seconds("TRADEPOST_IDLE_TIMEOUT_SECONDS", 60, 1, 3_600),
        settings.seconds("TRADEPOST_STALE_SECONDS", 60, 0, 86_400),
        settings.integer(
            "TRADEPOST_BODY_LIMIT", 64 * KIBIBYTE, KIBIBYTE, 16 * KIBIBYTE * KIBIBYTE));
  }
}
