package org.tradepost.gateway.overload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.overload.ClientLimits.Slot;
import org.tradepost.platform.description.Priority;

/**
 * Permission to make one call to a service. It counts against the service's limit from the start,
 * so that requests whose heads arrive together cannot all pass before the first makes its call. It
 * counts only for a short time, even if it is never given back.
 *
 * <p>Belongs to the event loop of its request; the reply to the call may arrive on another.
 */
public final class Permit {

  /**
   * How long it counts without a call. A body that follows its head closely needs less; a slow
   * sender must not block others.
   */
  private static final long UNUSED_TIMEOUT_MILLIS = 100;

  /**
   * How long a call counts, answered or not: calls to an instance that just died must not block
   * those to live instances. The load on a service stays bounded, by its limit in each such period.
   */
  private static final long MAX_COUNTED_MILLIS = 500;

  private final Vertx vertx;
  private final ServiceLimit limit;
  private final Priority priority;
  private final AtomicBoolean counted = new AtomicBoolean(true);
  private Object client;
  private Slot slot = Slot.NONE;
  private boolean used;
  private long timer;

  /** Creates a permit that the limit has already counted. */
  Permit(Vertx vertx, ServiceLimit limit, Priority priority) {
    this.vertx = vertx;
    this.limit = limit;
    this.priority = priority;
    this.timer = vertx.setTimer(UNUSED_TIMEOUT_MILLIS, lapsed -> uncount());
  }

  /**
   * Counts the permit for its client once that is known, and keeps the client's slot.
   *
   * @throws ServiceException {@code TOO_MANY_REQUESTS} if the client has used up its share of calls
   */
  void assignTo(Object asker, Slot taken) {
    slot = taken;
    if (counted.get() && !limit.countFor(asker)) {
      giveBack();
      throw ClientLimits.tooMany();
    }
    client = asker;
  }

  /**
   * Makes the call; to be used once. If the permit has lapsed, it is counted again.
   *
   * @return fails with {@code OVERLOADED} if it has lapsed and there is no room, with {@code
   *     TOO_MANY_REQUESTS} if there is none for the client
   */
  public <T> Future<T> call(Supplier<Future<T>> call) {
    if (!counted.get()) {
      if (!limit.count(priority)) {
        return Future.failedFuture(limit.overloaded());
      }
      if (client != null && !limit.countFor(client)) {
        limit.uncount(null);
        return Future.failedFuture(ClientLimits.tooMany());
      }
      counted.set(true);
    }
    used = true;
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(MAX_COUNTED_MILLIS, fired -> uncount());
    var inFlightAtStart = limit.inFlight();
    var startedAt = System.nanoTime();
    return call.get()
        .onComplete(
            answer -> {
              vertx.cancelTimer(timer);
              uncount();
              slot.giveBack();
              limit.learn(startedAt, inFlightAtStart, answer);
            });
  }

  /**
   * Gives back an unused permit; may be called repeatedly. A call that was made still counts, since
   * the service works on it even if nobody waits for the reply.
   */
  public void giveBack() {
    if (!used) {
      vertx.cancelTimer(timer);
      uncount();
      slot.giveBack();
    }
  }

  private void uncount() {
    if (counted.getAndSet(false)) {
      limit.uncount(client);
    }
  }
}
