package org.tradepost.gateway.call;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.OperationDescription.Repetition;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.tracing.TracingSpan;

/**
 * Calls to one service. Each operation has its own circuit breaker, so that one without replies
 * does not affect the others. While {@link Responsiveness} finds the whole service unresponsive, it
 * is not called.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class DownstreamCalls {

  /** The longest delay that the death of an instance causes for its requests in flight. */
  private static final long MAX_ATTEMPT_MILLIS = 2_500;

  /** How many attempts can wait for their full timeout. */
  private static final int FULL_ATTEMPTS = 2;

  /** One more than {@link #FULL_ATTEMPTS}, since the death of an instance cuts an attempt short. */
  private static final int MAX_ATTEMPTS = 3;

  /** The timeout of the trial call that tests whether an operation replies again. */
  private static final long TRIAL_TIMEOUT_MILLIS = 1_000;

  /** Reserved for the response, so that a client learns which service did not reply. */
  private static final long RESPONSE_MARGIN_MILLIS = 250;

  private final ClusterNode node;
  private final String service;
  private final ServiceBus bus;
  private final Responsiveness responsiveness;
  private final Map<String, OperationCircuit> circuits = new ConcurrentHashMap<>();
  private final long requestMillis;
  private final long attemptMillis;

  /**
   * @param requestMillis the timeout of a client's request
   * @param known returns false once the service was removed
   */
  DownstreamCalls(ClusterNode node, String service, long requestMillis, BooleanSupplier known) {
    this.node = node;
    this.service = service;
    this.bus = node.bus();
    this.requestMillis = requestMillis;
    // Half of the time is left for the work before and after the calls.
    this.attemptMillis = Math.min(MAX_ATTEMPT_MILLIS, requestMillis / (2 * FULL_ATTEMPTS));
    this.responsiveness = new Responsiveness(node.vertx(), bus, service, attemptMillis, known);
  }

  /** Registers the metrics of the service's responsiveness. */
  void measure() {
    var labels = Tags.of("service", service);
    node.metrics()
        .gauge(
            MetricNames.UNRESPONSIVE,
            "Whether a service gives no reply at all, so that it is not called",
            labels,
            () -> responsiveness.isUnresponsive() ? 1 : 0);
    node.metrics()
        .counter(
            MetricNames.SERVICE_LOST,
            "How often a service became unresponsive",
            labels,
            responsiveness::timesUnresponsive);
  }

  /**
   * Calls an operation of the service. If it may be repeated, each further attempt goes to the next
   * instance, until there is a reply, or time or attempts run out. If it may be repeated only after
   * its instance is gone, an attempt waits as long as the client does.
   *
   * @param address the address of the operation on the bus
   * @param repetition when the request may be sent again
   * @return fails with a {@link ServiceException}
   */
  public Future<Message<Buffer>> call(
      String address, Repetition repetition, Buffer body, MultiMap headers) {
    var circuit =
        circuits.computeIfAbsent(address, first -> new OperationCircuit(node, service, address));
    if (responsiveness.isUnresponsive()) {
      circuit.metrics().notCalled();
      TracingSpan.current().event("tradepost.circuit.open", "tradepost.service", service);
      return Future.failedFuture(
          ServiceException.unavailable("The service " + service + " does not reply at the moment"));
    }
    return circuit.call(
        () -> {
          var maxMillis = circuit.isTrial() ? TRIAL_TIMEOUT_MILLIS : requestMillis;
          return responsiveness.watch(send(address, repetition, maxMillis, body, headers));
        });
  }

  private Future<Message<Buffer>> send(
      String address, Repetition repetition, long maxMillis, Buffer body, MultiMap headers) {
    var millis = Math.min(maxMillis, timeoutMillis(repetition));
    if (repetition == Repetition.NEVER) {
      return bus.send(address, body, headers, millis);
    }
    var attempt = repetition == Repetition.WHEN_LATE ? attemptMillis : millis;
    return bus.sendRepeatable(
        address, body, headers, new RepeatPolicy(millis, attempt, MAX_ATTEMPTS));
  }

  private long timeoutMillis(Repetition repetition) {
    return repetition == Repetition.WHEN_LOST
        ? requestMillis - RESPONSE_MARGIN_MILLIS
        : FULL_ATTEMPTS * attemptMillis;
  }
}
