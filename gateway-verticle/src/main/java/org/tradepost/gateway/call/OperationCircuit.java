package org.tradepost.gateway.call;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.error.ServiceException;

/**
 * The circuit breaker of one operation: while its calls are met with silence, it is not called. An
 * answer never counts as a failure, whatever it says.
 *
 * <p>One for a gateway, shared by its event loops.
 */
final class OperationCircuit {

  private static final int MOST_FAILURES = 5;
  private static final long RESET_MILLIS = 1_000;

  /** Each attempt at a call has an end of its own. */
  private static final long NO_TIMEOUT = -1;

  private static final Logger log = LoggerFactory.getLogger(OperationCircuit.class);

  private final String address;
  private final CircuitBreaker breaker;
  private final AtomicInteger timesOpened = new AtomicInteger();
  private volatile long heardAt = System.nanoTime();

  OperationCircuit(Vertx vertx, String address) {
    this.address = address;
    this.breaker =
        CircuitBreaker.create(
                "gateway to " + address,
                vertx,
                new CircuitBreakerOptions()
                    .setMaxFailures(MOST_FAILURES)
                    .setTimeout(NO_TIMEOUT)
                    .setResetTimeout(RESET_MILLIS))
            .failurePolicy(call -> call.failed() && isUnanswered(call.cause()))
            .openHandler(opened -> opened())
            .closeHandler(closed -> log.info("{} is answered again", address));
  }

  private void opened() {
    timesOpened.incrementAndGet();
    log.warn("{} is not answered: its circuit is open", address);
  }

  boolean isOpen() {
    return breaker.state() != CircuitBreakerState.CLOSED;
  }

  /** Whether the call that is about to be made is the one that finds out if it is over. */
  boolean isTried() {
    return breaker.state() == CircuitBreakerState.HALF_OPEN;
  }

  long failures() {
    return breaker.failureCount();
  }

  long timesOpened() {
    return timesOpened.get();
  }

  /** Makes a call, unless the circuit is open. */
  <T> Future<T> call(Supplier<Future<T>> call) {
    return breaker
        .execute(() -> heard(call.get(), System.nanoTime()))
        .recover(failure -> Future.failedFuture(translate(failure)));
  }

  /**
   * While others get answers it is one instance that is silent, or one request that takes so long,
   * and the operation is not to be given up for it.
   */
  private <T> Future<T> heard(Future<T> answer, long begun) {
    return answer
        .onComplete(
            done -> {
              if (done.succeeded() || !isUnanswered(done.cause())) {
                heardAt = System.nanoTime();
              }
            })
        .recover(
            failure ->
                Future.failedFuture(
                    isUnanswered(failure) && heardAt - begun > 0
                        ? ServiceException.unavailable("An instance of the service is silent")
                        : failure));
  }

  static boolean isUnanswered(Throwable failure) {
    return failure instanceof ServiceException refusal && refusal.hasNoReply();
  }

  private Throwable translate(Throwable failure) {
    return failure instanceof OpenCircuitException
        ? ServiceException.unavailable("The service does not answer this at present")
        : failure;
  }
}
