package org.tradepost.gateway.events;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import org.tradepost.common.bus.Backoff;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.error.ServiceException;

/**
 * Reads the events of one service for one stream: page after page while they are full, then after
 * each change notification, and at intervals in case one was lost. While the service is
 * unavailable, retries with a backoff.
 *
 * <p>Belongs to the event loop of its stream.
 */
final class EventFeed {

  private static final int POLL_FACTOR = 10;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 8_000;

  private final Vertx vertx;
  private final String service;
  private final EventStream stream;
  private final Backoff backoff = new Backoff(FIRST_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
  private boolean reading;
  private boolean changed;
  private boolean blocked;
  private boolean stopped;
  private long readAt = System.nanoTime();
  private Deadline due = Deadline.in(0);
  private long timer = -1;

  EventFeed(Vertx vertx, String service, EventStream stream) {
    this.vertx = vertx;
    this.service = service;
    this.stream = stream;
  }

  /** Reads now, or as soon as the stream has room. */
  void poll() {
    vertx.cancelTimer(timer);
    blocked = stream.isFull();
    if (!blocked) {
      reading = true;
      changed = false;
      readAt = System.nanoTime();
      stream.read(service).onComplete(this::accept);
    }
  }

  /** Handles the result of a read. */
  void accept(AsyncResult<EventBatch> read) {
    reading = false;
    if (stopped) {
      return;
    }
    if (read.succeeded()) {
      backoff.reset();
      stream.write(service, read.result());
      scheduleNext(read.result());
    } else if (ServiceException.isRejection(read.cause())) {
      stream.stop();
    } else {
      pollIn(backoff.next());
    }
  }

  private void scheduleNext(EventBatch batch) {
    if (batch.entries().size() >= EventStream.PAGE) {
      poll();
    } else if (changed || batch.more()) {
      pollIn(stream.paceMillis());
    } else {
      pollIn(POLL_FACTOR * stream.paceMillis());
    }
  }

  /** Reads soon, since there may be new events. */
  void notifyChange() {
    changed = true;
    var soon = stream.paceMillis() - (System.nanoTime() - readAt) / 1_000_000;
    var scheduledSoonEnough =
        reading || blocked || stopped || backoff.isBackingOff() || due.remaining() <= soon;
    if (!scheduledSoonEnough) {
      pollIn(soon);
    }
  }

  /** Reads now that the stream has room again. */
  void drained() {
    if (blocked) {
      poll();
    }
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void pollIn(long millis) {
    var wait = Math.max(1, millis);
    vertx.cancelTimer(timer);
    due = Deadline.in(wait);
    timer = vertx.setTimer(wait, fired -> poll());
  }
}
