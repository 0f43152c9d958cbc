package org.tradepost.common.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.tradepost.common.error.ServiceException;

/** The requests that this node has sent to each service: their number, failures and total time. */
public final class CallCounts {

  private final Map<String, Counters> services = new ConcurrentHashMap<>();

  private record Counters(LongAdder calls, LongAdder failed, LongAdder micros) {

    Counters() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }

    void add(AsyncResult<?> reply, long micros) {
      calls.increment();
      this.micros.add(micros);
      if (reply.failed() && !ServiceException.isRejection(reply.cause())) {
        failed.increment();
      }
    }
  }

  /**
   * Requests to one service since this node started.
   *
   * @param calls how many were sent, including repeated ones
   * @param failed those that got no reply or failed in the service; rejections do not count
   * @param micros the total time of all requests, in microseconds
   */
  public record Count(long calls, long failed, long micros) {}

  /** Counts a request when it ends. */
  <T> Future<T> count(String service, Future<T> reply) {
    var counters = services.computeIfAbsent(service, first -> new Counters());
    var startedAt = System.nanoTime();
    return reply.onComplete(
        done -> counters.add(done, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt)));
  }

  /** The requests that have ended, by service. */
  public Map<String, Count> read() {
    return services.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> count(entry.getValue())));
  }

  private static Count count(Counters counters) {
    return new Count(counters.calls().sum(), counters.failed().sum(), counters.micros().sum());
  }
}
