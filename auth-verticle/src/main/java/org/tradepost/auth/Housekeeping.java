package org.tradepost.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets now and then what is over, so that no table grows for ever. */
final class Housekeeping {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final long EVERY_MILLIS = 300_000;

  private final Vertx vertx;
  private final List<Supplier<Future<Void>>> chores;
  private long timer;

  Housekeeping(Vertx vertx, List<Supplier<Future<Void>>> chores) {
    this.vertx = vertx;
    this.chores = chores;
  }

  /** Begins; the first time comes at random, so that the instances take turns. */
  void begin() {
    timer =
        vertx.setPeriodic(
            ThreadLocalRandom.current().nextLong(1_000, EVERY_MILLIS), EVERY_MILLIS, due -> run());
  }

  void end() {
    vertx.cancelTimer(timer);
  }

  /** Does every chore, whatever becomes of the others. */
  Future<Void> run() {
    return Future.join(chores.stream().map(Supplier::get).toList())
        .onFailure(failure -> log.warn("housekeeping was not finished", failure))
        .otherwiseEmpty()
        .mapEmpty();
  }
}
