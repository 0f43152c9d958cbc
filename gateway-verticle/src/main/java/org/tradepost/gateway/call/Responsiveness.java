package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.RepeatedCalls;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.description.DescriptionQuery;

/**
 * Whether anything is heard of a service. When none of its calls is answered for a while, it is
 * asked something that every instance answers from memory, and only when that too is met with
 * silence is the service taken for lost. So no request of a client, however slow its answer is, can
 * bring that about.
 *
 * <p>One for a gateway, shared by its event loops.
 */
final class Responsiveness {

  private static final long PAUSE_MILLIS = 1_000;
  private static final long LONGEST_QUESTION_MILLIS = 1_000;

  /** So that one silent instance does not speak for the others. */
  private static final int INSTANCES_ASKED = 3;

  /** How often it is looked at within the time after which the service is asked. */
  private static final int LOOKS = 5;

  private static final long NANOS = 1_000_000;
  private static final Logger log = LoggerFactory.getLogger(Responsiveness.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final String service;
  private final long silenceMillis;
  private final RepeatedCalls question;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicInteger timesLost = new AtomicInteger();
  private volatile long heardAt = System.nanoTime();
  private volatile long waitingSince = heardAt;

  /**
   * @param silenceMillis after which the service is asked whether it is there
   */
  Responsiveness(Vertx vertx, ServiceBus bus, String service, long silenceMillis) {
    this.vertx = vertx;
    this.bus = bus;
    this.service = service;
    this.silenceMillis = silenceMillis;
    var millis = Math.min(LONGEST_QUESTION_MILLIS, silenceMillis);
    this.question = new RepeatedCalls(millis, millis / INSTANCES_ASKED, INSTANCES_ASKED);
  }

  /** Whether nothing is heard of it. */
  boolean isLost() {
    return lost.get();
  }

  /** How often it was lost. */
  int timesLost() {
    return timesLost.get();
  }

  /** Minds a call to the service, which has just been made. */
  <T> Future<T> watch(Future<T> call) {
    underWay.incrementAndGet();
    if (!isWaiting()) {
      waitingSince = System.nanoTime();
    }
    if (watching.compareAndSet(false, true)) {
      lookLater();
    }
    return call.onComplete(
        done -> {
          underWay.decrementAndGet();
          if (done.succeeded() || !OperationCircuit.isUnanswered(done.cause())) {
            heard();
          }
        });
  }

  /** Whether a call was made after something was last heard. */
  private boolean isWaiting() {
    return waitingSince - heardAt > 0;
  }

  private void heard() {
    heardAt = System.nanoTime();
    if (lost.compareAndSet(true, false)) {
      log.info("{} answers again", service);
    }
  }

  private void lookLater() {
    vertx.setTimer(Math.max(1, silenceMillis / LOOKS), due -> look());
  }

  private void look() {
    if (underWay.get() == 0) {
      watching.set(false);
      // Unless a call came in between, which found that somebody watches.
      if (underWay.get() > 0 && watching.compareAndSet(false, true)) {
        lookLater();
      }
    } else if (isWaiting() && System.nanoTime() - waitingSince >= silenceMillis * NANOS) {
      ask();
    } else {
      lookLater();
    }
  }

  /** Without a token: that it is refused is an answer, too. */
  private void ask() {
    var begun = System.nanoTime();
    bus.sendRepeatable(
            DescriptionQuery.of(service).address(),
            Buffer.buffer(),
            MultiMap.caseInsensitiveMultiMap(),
            question)
        .onComplete(
            answer -> {
              if (answer.succeeded() || !OperationCircuit.isUnanswered(answer.cause())) {
                heard();
              }
              goOn(begun);
            });
  }

  private void goOn(long begun) {
    if (heardAt - begun > 0) {
      lookLater();
      return;
    }
    if (lost.compareAndSet(false, true)) {
      timesLost.incrementAndGet();
      log.warn("nothing is heard of {}: nobody is sent there", service);
    }
    vertx.setTimer(PAUSE_MILLIS, due -> ask());
  }
}
