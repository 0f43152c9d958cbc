package org.tradepost.gateway.admission;

import java.time.Duration;
import org.tradepost.platform.config.Settings;

/**
 * The limits on requests, connections and clients.
 *
 * @param request the time from a request's arrival to its response
 * @param body the time for a request body to arrive
 * @param idle how long a connection may be idle
 * @param stale the greatest age of a cached reply that is used while its service is unavailable
 * @param bodyBytes the largest body, in bytes
 * @param streams how many event streams may be open at once
 * @param streamWriteTimeout how long a stream waits for a client that does not read
 * @param drain how long a gateway continues to serve while it shuts down, and how long there must
 *     then be no request before it closes the remaining connections
 * @param connections how many connections may be open at once
 * @param rate how many requests a client may send per second, with bursts; 0 for no limit
 * @param clientPercent what percentage of a shared resource one client may hold at once
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

  /** Returns the fraction of a shared resource that one client may hold, at most 1. */
  public double clientShare() {
    return (double) clientPercent / ALL;
  }

  /** Returns how many event streams one client may have open. */
  public int clientStreams() {
    return Math.max(1, (int) (streams * clientShare()));
  }

  /**
   * Returns the interval between heartbeats of a stream, short enough for proxies to see traffic.
   */
  public Duration heartbeat() {
    var half = idle.dividedBy(2);
    return half.compareTo(HEARTBEAT) < 0 ? half : HEARTBEAT;
  }
}
