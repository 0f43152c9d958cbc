package org.tradepost.common.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;

/**
 * A request that is sent again, to the next instance, when no reply comes for a while or when an
 * instance that may have received it dies. The first reply counts, whichever instance sends it: a
 * reply may seem late only because this JVM was stalled.
 */
public final class RepeatedRequest {

  private final Vertx vertx;
  private final RepeatPolicy policy;
  private final BooleanSupplier allowed;
  private final LongFunction<Future<Message<Buffer>>> send;
  private final Deadline deadline;
  private final Promise<Message<Buffer>> outcome = Promise.promise();
  private boolean mayHaveTakenEffect;
  private int sent;
  private int pending;
  private long timer = -1;

  /**
   * @param allowed is asked before each repetition
   * @param send sends the request once and waits for that many milliseconds
   */
  public RepeatedRequest(
      Vertx vertx,
      RepeatPolicy policy,
      BooleanSupplier allowed,
      LongFunction<Future<Message<Buffer>>> send) {
    this.vertx = vertx;
    this.policy = policy;
    this.allowed = allowed;
    this.send = send;
    this.deadline = Deadline.in(policy.totalMillis());
  }

  /** Sends the request for the first time. */
  public synchronized Future<Message<Buffer>> start() {
    send();
    return outcome.future();
  }

  /** Sends the request again if attempts and time are left and {@code allowed} agrees. */
  synchronized void repeat() {
    if (!outcome.future().isComplete()
        && sent < policy.maxAttempts()
        && deadline.remaining() > 0
        && allowed.getAsBoolean()) {
      send();
    }
  }

  private void send() {
    sent++;
    pending++;
    vertx.cancelTimer(timer);
    if (sent < policy.maxAttempts() && policy.attemptMillis() < deadline.remaining()) {
      timer = vertx.setTimer(policy.attemptMillis(), late -> repeat());
    }
    var attemptDeadline = Deadline.in(policy.attemptMillis());
    send.apply(deadline.remaining()).onComplete(reply -> ended(reply, attemptDeadline));
  }

  /**
   * Handles the end of an attempt.
   *
   * @param attemptDeadline when the time of the attempt is up
   */
  private synchronized void ended(AsyncResult<Message<Buffer>> reply, Deadline attemptDeadline) {
    pending--;
    if (reply.succeeded()) {
      vertx.cancelTimer(timer);
      outcome.tryComplete(reply.result());
      return;
    }
    // Another instance may be able to do what this one could not do, or not do in time.
    var temporary = ServiceException.isTemporary(reply.cause());
    var rejected = reply.cause() instanceof ServiceException it && it.is(CommonError.OVERLOADED);
    mayHaveTakenEffect |= temporary && !rejected;
    if (ServiceException.isNoReply(reply.cause()) || (temporary && attemptDeadline.isPast())) {
      // On a busy event loop this reply may be handled before the timer of the next attempt.
      repeat();
    }
    if (pending == 0 || !temporary) {
      vertx.cancelTimer(timer);
      // An overloaded instance does not know what became of another attempt.
      outcome.tryFail(
          rejected && mayHaveTakenEffect
              ? ServiceException.unavailable("An earlier attempt may have taken effect")
              : reply.cause());
    }
  }
}
