package org.tradepost.gateway.events;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.common.bus.Deadline;

/**
 * Reads the events of one service for one stream: page after page while there are full ones, then
 * when its bell rings, and now and then in case it was not heard. While the service is away it is
 * tried again with a growing pause.
 *
 * <p>Belongs to the event loop of its stream.
 */
final class EventFeed {

  private static final int LOOK_FACTOR = 10;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 8_000;

  private final Vertx vertx;
  private final String service;
  private final EventStream stream;
  private boolean reading;
  private boolean rung;
  private boolean held;
  private boolean stopped;
  private long readAt = System.nanoTime();
  private Deadline due = Deadline.in(0);
  private long pause = FIRST_PAUSE_MILLIS;
  private long timer = -1;

  EventFeed(Vertx vertx, String service, EventStream stream) {
    this.vertx = vertx;
    this.service = service;
    this.stream = stream;
  }

  /** Reads now, or as soon as the stream has room. */
  void look() {
    vertx.cancelTimer(timer);
    held = stream.isFull();
    if (!held) {
      reading = true;
      rung = false;
      readAt = System.nanoTime();
      stream.read(service).onComplete(this::accept);
    }
  }

  /** Takes in what was read. */
  void accept(AsyncResult<EventBatch> read) {
    reading = false;
    if (stopped) {
      return;
    }
    if (read.succeeded()) {
      pause = FIRST_PAUSE_MILLIS;
      stream.write(service, read.result());
      goOn(read.result());
    } else if (EventReader.isRefusal(read.cause())) {
      stream.end();
    } else {
      pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
      later(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
    }
  }

  private void goOn(EventBatch batch) {
    if (batch.entries().size() >= EventStream.PAGE) {
      look();
    } else if (rung || batch.more()) {
      later(stream.paceMillis());
    } else {
      later(LOOK_FACTOR * stream.paceMillis());
    }
  }

  /** There may be something new. */
  void ring() {
    rung = true;
    var soon = stream.paceMillis() - (System.nanoTime() - readAt) / 1_000_000;
    var patient =
        reading || held || stopped || pause > FIRST_PAUSE_MILLIS || due.remaining() <= soon;
    if (!patient) {
      later(soon);
    }
  }

  /** The stream has room again. */
  void drained() {
    if (held) {
      look();
    }
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void later(long millis) {
    var wait = Math.max(1, millis);
    vertx.cancelTimer(timer);
    due = Deadline.in(wait);
    timer = vertx.setTimer(wait, fired -> look());
  }
}
