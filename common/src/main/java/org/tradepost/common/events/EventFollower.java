package org.tradepost.common.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Collections;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Backoff;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventPage.Entry;

/**
 * Follows the events of a service from a stored cursor, for another service in the cluster. Every
 * event is consumed at least once, and the events of one subject in order.
 *
 * <p>It reads at every change notification, and every second in case one was lost. Start it on the
 * context of a verticle. Several instances with one stored cursor would each consume every event,
 * so only one of them should follow.
 */
public final class EventFollower {

  private static final int PAGE_SIZE = 100;
  private static final long READ_MILLIS = 2_500;
  private static final long POLL_MILLIS = 1_000;

  /** The first wait for a transaction that is still open. */
  private static final long PENDING_MILLIS = 20;

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 8_000;
  private static final Logger log = LoggerFactory.getLogger(EventFollower.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final String service;
  private final EventConsumer consumer;
  private final Backoff backoff = new Backoff(FIRST_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
  private final Backoff pending = new Backoff(PENDING_MILLIS, POLL_MILLIS);
  private Future<Void> round = Future.succeededFuture();
  private MessageConsumer<?> notifications;
  private String cursor;
  private boolean loaded;
  private boolean changed;
  private boolean stopped;
  private long timer = -1;

  /**
   * @param service the service whose events are followed
   */
  public EventFollower(Vertx vertx, ServiceBus bus, String service, EventConsumer consumer) {
    this.vertx = vertx;
    this.bus = bus;
    this.service = service;
    this.consumer = consumer;
  }

  public void start() {
    notifications = bus.onChange(EventOperations.changeNotification(service), this::notified);
    poll();
  }

  /** Stops after the event that is being consumed; its cursor is stored. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return notifications.unregister().eventually(() -> round);
  }

  private void notified() {
    changed = true;
    if (!stopped && round.isComplete() && !backoff.isBackingOff()) {
      poll();
    }
  }

  private void poll() {
    vertx.cancelTimer(timer);
    changed = false;
    var read = load().compose(known -> read()).compose(page -> consume(page).map(page));
    round = read.<Void>mapEmpty().otherwiseEmpty();
    read.onSuccess(this::afterPoll).onFailure(this::backOff);
  }

  private Future<Void> load() {
    return loaded
        ? Future.succeededFuture()
        : consumer
            .cursor()
            .onSuccess(
                stored -> {
                  cursor = stored.orElse(null);
                  loaded = true;
                })
            .mapEmpty();
  }

  private Future<EventPage> read() {
    return bus.call(
        EventOperations.follow(service),
        new ReadEvents(cursor, PAGE_SIZE, null),
        RequestContext.background(READ_MILLIS));
  }

  /** Consumes the events in order; the cursor reached is stored even if an event fails. */
  private Future<Void> consume(EventPage page) {
    var before = cursor;
    var all = Future.<Void>succeededFuture();
    for (var entry : page.entries()) {
      all = all.compose(done -> consume(entry));
    }
    return all.onSuccess(done -> cursor = page.next())
        .transform(
            result ->
                (page.entries().isEmpty() || Objects.equals(before, cursor)
                        ? Future.<Void>succeededFuture()
                        : consumer.store(cursor))
                    .compose(
                        done ->
                            result.succeeded()
                                ? Future.succeededFuture()
                                : Future.failedFuture(result.cause())));
  }

  private Future<Void> consume(Entry entry) {
    return stopped
        ? Future.failedFuture("the follower is stopping")
        : bus.causedBy(
                Collections.singletonList(entry.event().traceparent()),
                "consume " + entry.event().type(),
                () -> consumer.consume(entry.event()))
            .onSuccess(done -> cursor = entry.cursor());
  }

  private void afterPoll(EventPage page) {
    backoff.reset();
    if (stopped) {
      return;
    }
    if (page.more() && page.entries().isEmpty()) {
      pollAfter(pending.next());
      return;
    }
    pending.reset();
    if (page.more() || changed) {
      poll();
    } else {
      pollAfter(POLL_MILLIS);
    }
  }

  private void backOff(Throwable failure) {
    if (stopped) {
      return;
    }
    if (failure instanceof ServiceException rejection && rejection.is(CommonError.CURSOR_GONE)) {
      loaded = false;
      log.error(
          "events of {} were removed before they were consumed: read its current state and clear the"
              + " stored cursor",
          service);
    } else {
      log.info("the events of {} cannot be read at the moment: {}", service, failure.getMessage());
    }
    pollAfter(backoff.next());
  }

  private void pollAfter(long millis) {
    timer = vertx.setTimer(millis, id -> poll());
  }
}
