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
 * Runs tasks periodically, such as removing old rows, in small steps with pauses between them, so
 * that no request waits for long.
 */
public final class PeriodicTasks {

  private static final Logger log = LoggerFactory.getLogger(PeriodicTasks.class);
  private static final long PAUSE_MILLIS = 50;

  /** Work that is done in steps. Several instances may do it at once. */
  @FunctionalInterface
  public interface Task {

    /** Does one step; returns whether there may be more to do now. */
    Future<Boolean> step();
  }

  private final Vertx vertx;
  private final long everyMillis;
  private final List<Task> tasks;
  private Future<Void> running = Future.succeededFuture();
  private boolean stopped;
  private long timer;

  public PeriodicTasks(Vertx vertx, Duration every, List<Task> tasks) {
    this.vertx = vertx;
    this.everyMillis = every.toMillis();
    this.tasks = tasks;
  }

  /** A task with a single step. */
  public static Task once(Supplier<Future<Void>> work) {
    return () -> work.get().map(false);
  }

  /** A task that removes what is older than a number of days; 0 keeps everything. */
  public static Task removeOlderThan(int days, IntFunction<Future<Boolean>> step) {
    return days == 0 ? () -> Future.succeededFuture(false) : () -> step.apply(days);
  }

  /** Starts the timer; the first run is at a random time, so that the instances take turns. */
  public void start() {
    timer =
        vertx.setPeriodic(
            ThreadLocalRandom.current().nextLong(1_000, everyMillis), everyMillis, due -> run());
  }

  /** Stops after the step in progress. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return running;
  }

  /** Runs every task, even when others fail. */
  Future<Void> run() {
    if (running.isComplete()) {
      running = Future.succeededFuture();
      for (var task : tasks) {
        running = running.compose(done -> runToEnd(task));
      }
    }
    return running;
  }

  private Future<Void> runToEnd(Task task) {
    Promise<Void> finished = Promise.promise();
    step(task, finished);
    return finished
        .future()
        .onFailure(failure -> log.warn("a periodic task failed", failure))
        .otherwiseEmpty();
  }

  private void step(Task task, Promise<Void> finished) {
    if (stopped) {
      finished.complete();
      return;
    }
    Future.succeededFuture()
        .compose(begun -> task.step())
        .onFailure(finished::fail)
        .onSuccess(
            more -> {
              if (more) {
                vertx.setTimer(PAUSE_MILLIS, due -> step(task, finished));
              } else {
                finished.complete();
              }
            });
  }
}
