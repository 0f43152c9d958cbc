package org.tradepost.platform.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets now and then what is over, so that no table grows for ever: one small step after the
 * other, with a pause between, so that nobody waits for it.
 */
public final class PeriodicTasks {

  private static final Logger log = LoggerFactory.getLogger(PeriodicTasks.class);
  private static final long PAUSE_MILLIS = 50;

  /** Work that is done in steps. Several instances may do it at once. */
  @FunctionalInterface
  public interface Task {

    /** Does one step; whether there may be more to do now. */
    Future<Boolean> step();
  }

  private final Vertx vertx;
  private final long everyMillis;
  private final List<Task> chores;
  private Future<Void> running = Future.succeededFuture();
  private boolean ended;
  private long timer;

  public PeriodicTasks(Vertx vertx, Duration every, List<Task> chores) {
    this.vertx = vertx;
    this.everyMillis = every.toMillis();
    this.chores = chores;
  }

  /** A chore of one step. */
  public static Task once(Supplier<Future<Void>> work) {
    return () -> work.get().map(false);
  }

  /** A chore for what is kept so many days; 0 keeps it for good. */
  public static Task after(int days, IntFunction<Future<Boolean>> step) {
    return days == 0 ? () -> Future.succeededFuture(false) : () -> step.apply(days);
  }

  /** Begins; the first time comes at random, so that the instances take turns. */
  public void start() {
    timer =
        vertx.setPeriodic(
            ThreadLocalRandom.current().nextLong(1_000, everyMillis), everyMillis, due -> run());
  }

  /** Begins no step any more, once the one that is under way is finished. */
  public Future<Void> stop() {
    ended = true;
    vertx.cancelTimer(timer);
    return running;
  }

  /** Does every chore, whatever becomes of the others. */
  Future<Void> run() {
    if (running.isComplete()) {
      running = Future.succeededFuture();
      for (var chore : chores) {
        running = running.compose(done -> finish(chore));
      }
    }
    return running;
  }

  private Future<Void> finish(Task chore) {
    Promise<Void> finished = Promise.promise();
    step(chore, finished);
    return finished
        .future()
        .onFailure(failure -> log.warn("housekeeping was not finished", failure))
        .otherwiseEmpty();
  }

  private void step(Task chore, Promise<Void> finished) {
    if (ended) {
      finished.complete();
      return;
    }
    Future.succeededFuture()
        .compose(begun -> chore.step())
        .onFailure(finished::fail)
        .onSuccess(
            more -> {
              if (more) {
                vertx.setTimer(PAUSE_MILLIS, due -> step(chore, finished));
              } else {
                finished.complete();
              }
            });
  }
}
