package org.tradepost.gateway;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.circuitbreaker.TimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Repeats;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.face.FaceOperation.Repetition;

/**
 * Calls to one service, behind its circuit breaker: while nobody answers there, nobody is asked.
 *
 * <p>One for a gateway, shared by its event loops.
 */
final class Downstream {

  /** What the death of an instance costs the requests that are with it, at most. */
  private static final long LONGEST_ATTEMPT_MILLIS = 2_500;

  /** How many attempts that nobody answers have their full time. */
  private static final int ATTEMPTS = 2;

  /** More than that, since one whose instance dies is followed by the next at once. */
  private static final int MOST_ATTEMPTS = 3;

  /** Kept for the answer itself, so that a client hears which service was silent. */
  private static final long MARGIN_MILLIS = 250;

  private static final int MOST_FAILURES = 5;
  private static final long RESET_MILLIS = 1_000;

  /** One request a second may have to find out whether anybody is back, and waits for so long. */
  private static final long TRIAL_MILLIS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Downstream.class);

  private final String service;
  private final ServiceBus bus;
  private final CircuitBreaker breaker;
  private final AtomicInteger timesOpened = new AtomicInteger();
  private final long requestMillis;
  private final long attemptMillis;
  private volatile long heardAt = System.nanoTime();

  /**
   * @param requestMillis for how long a client waits
   */
  Downstream(Vertx vertx, ServiceBus bus, String service, long requestMillis) {
    this.service = service;
    this.bus = bus;
    this.requestMillis = requestMillis;
    // Half of the time is left for what comes before and after.
    this.attemptMillis = Math.min(LONGEST_ATTEMPT_MILLIS, requestMillis / (2 * ATTEMPTS));
    this.breaker =
        CircuitBreaker.create(
                "gateway to " + service,
                vertx,
                new CircuitBreakerOptions()
                    .setMaxFailures(MOST_FAILURES)
                    // It does not end the work, so it must outlast every attempt.
                    .setTimeout(requestMillis)
                    .setResetTimeout(RESET_MILLIS))
            .<Message<Buffer>>failurePolicy(call -> call.failed() && isFault(call.cause()))
            .openHandler(opened -> opened())
            .closeHandler(closed -> log.info("{} answers again: the circuit is closed", service));
  }

  private void opened() {
    timesOpened.incrementAndGet();
    log.warn("{} does not answer: the circuit is open", service);
  }

  /** The state of the circuit, the failures that count against it, how often it opened. */
  Future<Map<String, Object>> figures() {
    return Future.succeededFuture(
        Map.of(
            "state", breaker.state().name(),
            "failures", breaker.failureCount(),
            "timesOpened", timesOpened.get()));
  }

  /**
   * Calls an operation of the service. One that may be repeated gets further attempts, with the
   * next instance, while nobody answers and there is time; one that may only when its instance is
   * gone is waited for as long as the client waits.
   *
   * @param address where on the bus it is
   * @param repetition when it may be sent again
   * @return fails with a {@link ServiceException}
   */
  Future<Message<Buffer>> call(
      String address, Repetition repetition, Buffer body, MultiMap headers) {
    return breaker
        .execute(() -> answer(address, repetition, body, headers))
        .recover(failure -> Future.failedFuture(translate(failure)));
  }

  private Future<Message<Buffer>> answer(
      String address, Repetition repetition, Buffer body, MultiMap headers) {
    var begun = System.nanoTime();
    var millis = patience(repetition);
    if (repetition == Repetition.NEVER) {
      return heard(bus.send(address, body, headers, millis), begun);
    }
    var attempt = repetition == Repetition.WHEN_LATE ? attemptMillis : millis;
    var repeats = new Repeats(millis, attempt, MOST_ATTEMPTS);
    return heard(bus.sendRepeatable(address, body, headers, repeats), begun);
  }

  private long patience(Repetition repetition) {
    if (breaker.state() == CircuitBreakerState.HALF_OPEN) {
      return Math.min(TRIAL_MILLIS, attemptMillis);
    }
    return repetition == Repetition.WHEN_LOST
        ? requestMillis - MARGIN_MILLIS
        : ATTEMPTS * attemptMillis;
  }

  /**
   * While others get answers it is one instance that is silent, and the service is not to be given
   * up for it.
   */
  private Future<Message<Buffer>> heard(Future<Message<Buffer>> answer, long begun) {
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
                        ? ServiceException.unavailable(
                            "An instance of the service " + service + " is silent")
                        : failure));
  }

  /**
   * Refusals and a service's own word that something behind it is away say nothing against the
   * service; silence and faults do.
   */
  private static boolean isFault(Throwable failure) {
    return !(failure instanceof ServiceException refusal)
        || refusal.isUnanswered()
        || refusal.is(ErrorCode.INTERNAL);
  }

  private static boolean isUnanswered(Throwable failure) {
    return failure instanceof ServiceException refusal && refusal.isUnanswered();
  }

  private Throwable translate(Throwable failure) {
    return failure instanceof OpenCircuitException || failure instanceof TimeoutException
        ? ServiceException.unavailable("The service " + service + " does not answer at present")
        : failure;
  }
}
