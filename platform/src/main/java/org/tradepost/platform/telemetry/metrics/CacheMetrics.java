package org.tradepost.platform.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** Counts the hits and misses of a cache. */
public final class CacheMetrics {

  private static final String REQUESTS = "tradepost.cache.requests";
  private static final String HELP = "How often something was asked of the cache";

  private final Counter hits;
  private final Counter misses;
  private final Counter stale;

  CacheMetrics(Metrics metrics, String name) {
    hits = metrics.counter(REQUESTS, HELP, labels(name, "hit"));
    misses = metrics.counter(REQUESTS, HELP, labels(name, "miss"));
    stale = metrics.counter(REQUESTS, HELP, labels(name, "stale"));
  }

  static void show(Metrics metrics, String cache, Supplier<Number> hits, Supplier<Number> misses) {
    metrics.counter(REQUESTS, HELP, labels(cache, "hit"), hits);
    metrics.counter(REQUESTS, HELP, labels(cache, "miss"), misses);
  }

  private static Tags labels(String cache, String result) {
    return Tags.of("cache", cache, "result", result);
  }

  /** Counts a hit. */
  public void hit() {
    hits.increment();
  }

  /** Counts a miss. */
  public void miss() {
    misses.increment();
  }

  /** Counts a miss that is answered with an older value because no newer one is available. */
  public void stale() {
    stale.increment();
  }
}
