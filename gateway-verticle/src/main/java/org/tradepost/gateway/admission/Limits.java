package org.tradepost.gateway.admission;

import java.time.Duration;
import org.tradepost.platform.config.Settings;

/**
 * How much a request may take.
 *
 * @param request from its arrival to its answer
 * @param body for its body to arrive
 * @param idle for a connection without traffic
 * @param stale the greatest age of a cached answer while its service is unavailable
 * @param bodyBytes the largest body
 * @param streams how many streams of events may be open at once
 * @param streamWriteTimeout for how long a stream waits for a reader that takes nothing
 * @param drain for how long a gateway that shuts down serves on, and then for how long no request
 *     must come before the remaining connections are closed
 * @param connections how many clients may be connected at once
 * @param rate how many requests a client may send a second, with some in advance; 0 for any number
 * @param clientPercent how much one client may have at once of what clients share
 */
public record Limits(
    Duration request,
    Duration body,
    Duration idle,
    Duration stale,
    int bodyBytes,
    int streams,
    Duration streamWriteTimeout,
    Duration drain,
    int connections,
    int rate,
    int clientPercent) {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int KIBIBYTE = 1024;
  private static final int ALL = 100;

  public static Limits from(Settings settings) {
    return new Limits(
        settings.seconds("TRADEPOST_REQUEST_TIMEOUT_SECONDS", 10, 1, 300),
        settings.seconds("TRADEPOST_BODY_TIMEOUT_SECONDS", 10, 1, 300),
        settings.seconds("TRADEPOST_IDLE_TIMEOUT_SECONDS", 60, 1, 3_600),
        settings.seconds("TRADEPOST_STALE_SECONDS", 60, 0, 86_400),
        settings.integer("TRADEPOST_BODY_LIMIT", 64 * KIBIBYTE, KIBIBYTE, 16 * KIBIBYTE * KIBIBYTE),
        settings.integer("TRADEPOST_STREAMS", 500, 1, 100_000),
        settings.seconds("TRADEPOST_STREAM_DRAIN_SECONDS", 10, 1, 300),
        settings.seconds("TRADEPOST_DRAIN_SECONDS", 2, 0, 10),
        settings.integer("TRADEPOST_CONNECTIONS", 4_000, 10, 1_000_000),
        settings.integer("TRADEPOST_RATE_LIMIT", 1_000, 0, 1_000_000),
        settings.integer("TRADEPOST_CLIENT_SHARE_PERCENT", 25, 1, ALL));
  }

  /** What part of a thing that clients share one may have, at most 1. */
  public double clientShare() {
    return (double) clientPercent / ALL;
  }

  /** How many streams of events one client may have open. */
  public int clientStreams() {
    return Math.max(1, (int) (streams * clientShare()));
  }

  /**
   * The time between two heartbeats of a stream, short enough that proxies do not see it as idle.
   */
  public Duration heartbeat() {
    var half = idle.dividedBy(2);
    return half.compareTo(HEARTBEAT) < 0 ? half : HEARTBEAT;
  }
}
