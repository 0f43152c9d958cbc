package org.tradepost.gateway.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.metrics.Metrics;

/** Counts the calls to one operation by their outcome. */
final class CallMetrics {

  /** How a call can end. */
  enum Outcome {
    SUCCESS,
    /** The service rejected the request because of an error of the client. */
    REFUSED,
    /** The service replied with an error that is not the client's. */
    FAILED,
    NO_REPLY,
    /** The circuit breaker rejected the call. */
    NOT_CALLED;

    private static Outcome of(Throwable failure) {
      if (failure == null) {
        return SUCCESS;
      } else if (ServiceException.isNoReply(failure)) {
        return NO_REPLY;
      }
      return ServiceException.isRejection(failure) ? REFUSED : FAILED;
    }
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  CallMetrics(Metrics metrics, Tags labels) {
    for (var outcome : Outcome.values()) {
      var label = outcome.name().toLowerCase(Locale.ROOT);
      counters.put(
          outcome,
          metrics.counter(
              MetricNames.CALLS,
              "Calls of a gateway to a service, by what became of them",
              labels.and("outcome", label)));
    }
  }

  /** Counts a call that was not made. */
  void notCalled() {
    counters.get(Outcome.NOT_CALLED).increment();
  }

  /**
   * Counts a call that has ended.
   *
   * @param failure null if it succeeded
   */
  void ended(Throwable failure) {
    counters.get(Outcome.of(failure)).increment();
  }
}
