package org.tradepost.gateway.call;

import io.micrometer.core.instrument.Tags;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * The circuit breaker of one operation, which rejects calls while there are no replies. A reply
 * never counts as a failure, whatever it says.
 *
 * <p>One per gateway, shared by its event loops.
 */
final class OperationCircuit {

  private static final int MAX_FAILURES = 5;
  private static final long FAILURES_WINDOW_MILLIS = 10_000;
  private static final long RESET_MILLIS = 1_000;

  private static final long REPORTED_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Each attempt has its own timeout. */
  private static final long NO_TIMEOUT = -1;

  private static final Logger log = LoggerFactory.getLogger(OperationCircuit.class);

  private final String address;
  private final CallMetrics metrics;
  private final LongSupplier nanoTime;
  private final CircuitBreaker breaker;
  private final AtomicInteger timesOpened = new AtomicInteger();
  private volatile long openedAt;
  private volatile long lastReplyAt = System.nanoTime();

  OperationCircuit(ClusterNode node, String service, String address) {
    this(node, service, address, System::nanoTime);
  }

  /**
   * @param nanoTime the clock that tells how long the circuit has been open
   */
  OperationCircuit(ClusterNode node, String service, String address, LongSupplier nanoTime) {
    var labels = Tags.of("service", service, "operation", address);
    this.address = address;
    this.metrics = new CallMetrics(node.metrics(), labels);
    this.nanoTime = nanoTime;
    this.breaker =
        CircuitBreaker.create(
                "gateway to " + address,
                node.vertx(),
                new CircuitBreakerOptions()
                    .setMaxFailures(MAX_FAILURES)
                    .setFailuresRollingWindow(FAILURES_WINDOW_MILLIS)
                    .setTimeout(NO_TIMEOUT)
                    .setResetTimeout(RESET_MILLIS))
            .failurePolicy(call -> ServiceException.isNoReply(call.cause()))
            .openHandler(opened -> opened())
            .closeHandler(closed -> log.info("{} gets replies again: circuit closed", address));
    measure(node.metrics(), labels);
  }

  private void measure(Metrics node, Tags labels) {
    node.gauge(
        MetricNames.CIRCUIT_OPEN,
        "Whether an operation got no reply in the last minute, so that it is not called",
        labels,
        () -> isOpen() ? 1 : 0);
    node.gauge(
        MetricNames.CIRCUIT_FAILURES,
        "Calls without a reply that count against a circuit breaker",
        labels,
        breaker::failureCount);
    node.counter(
        MetricNames.CIRCUIT_OPENED, "How often a circuit breaker opened", labels, timesOpened::get);
  }

  CallMetrics metrics() {
    return metrics;
  }

  /** Is also called after each trial call without a reply. */
  private void opened() {
    openedAt = nanoTime.getAsLong();
    timesOpened.incrementAndGet();
    log.warn("{} gets no reply: circuit open", address);
  }

  /**
   * Whether metrics report the circuit as open, which ends a minute after the last call without a
   * reply. It closes only when a trial call gets a reply, and without traffic there is no trial.
   */
  boolean isOpen() {
    return breaker.state() != CircuitBreakerState.CLOSED
        && nanoTime.getAsLong() - openedAt < REPORTED_NANOS;
  }

  /** Whether the next call is the trial that may close the circuit. */
  boolean isTrial() {
    return breaker.state() == CircuitBreakerState.HALF_OPEN;
  }

  /** Makes a call, unless the circuit is open. */
  <T> Future<T> call(Supplier<Future<T>> call) {
    return breaker
        .execute(() -> recordReply(counted(call.get()), System.nanoTime()))
        .recover(failure -> Future.failedFuture(translate(failure)));
  }

  private <T> Future<T> counted(Future<T> answer) {
    return answer.onComplete(done -> metrics.ended(done.cause()));
  }

  /**
   * A call without a reply does not count as a failure if another call got one in the meantime:
   * then only one instance is unresponsive or one request is slow.
   */
  private <T> Future<T> recordReply(Future<T> answer, long startedAt) {
    return answer
        .onComplete(
            done -> {
              if (!ServiceException.isNoReply(done.cause())) {
                lastReplyAt = System.nanoTime();
              }
            })
        .recover(
            failure ->
                Future.failedFuture(
                    ServiceException.isNoReply(failure) && lastReplyAt - startedAt > 0
                        ? ServiceException.unavailable("An instance of the service does not reply")
                        : failure));
  }

  private Throwable translate(Throwable failure) {
    if (!(failure instanceof OpenCircuitException)) {
      return failure;
    }
    metrics.notCalled();
    TracingSpan.current().event("tradepost.circuit.open", "messaging.destination.name", address);
    return ServiceException.unavailable("This operation gets no reply at the moment");
  }
}
