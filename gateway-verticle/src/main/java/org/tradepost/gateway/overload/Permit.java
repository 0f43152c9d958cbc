package org.tradepost.gateway.overload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.overload.ClientLimits.Lease;
import org.tradepost.platform.description.Priority;

/**
 * Permission to make one call to a service. It counts against the service's limit from the moment
 * it is given, so that requests whose heads come together cannot all pass before the first makes
 * its call; and it counts for a short time only, whether or not anybody gives it back.
 *
 * <p>Belongs to the event loop of its request; the answer to the call may come on another.
 */
public final class Permit {

  /**
   * For so long it counts without a call. A body that comes with its head or close behind needs
   * less; a slow sender must not keep others out.
   */
  private static final long LONGEST_UNUSED_MILLIS = 100;

  /**
   * After this time a call does not count any more, answered or not: those that are with an
   * instance that just died must not keep others from the instances that live. What a service can
   * be sent is bounded all the same, by the limit once in such a time.
   */
  private static final long LONGEST_COUNTED_MILLIS = 500;

  private final Vertx vertx;
  private final ServiceLimit limit;
  private final Priority priority;
  private final AtomicBoolean counted = new AtomicBoolean(true);
  private Object client;
  private Lease lease = Lease.NONE;
  private boolean used;
  private long timer;

  /** Given by a limit that has counted it. */
  Permit(Vertx vertx, ServiceLimit limit, Priority priority) {
    this.vertx = vertx;
    this.limit = limit;
    this.priority = priority;
    this.timer = vertx.setTimer(LONGEST_UNUSED_MILLIS, lapsed -> uncount());
  }

  /**
   * Lets it count for the client that turned out to ask, and keeps what else was taken for that.
   *
   * @throws ServiceException {@code TOO_MANY_REQUESTS} when the client has its share of the calls
   */
  void assignTo(Object asker, Lease taken) {
    lease = taken;
    if (counted.get() && !limit.countFor(asker)) {
      giveBack();
      throw ClientLimits.tooMany();
    }
    client = asker;
  }

  /**
   * Makes the call, to be used once. When the permit has lapsed meanwhile, it takes room anew.
   *
   * @return fails with {@code OVERLOADED} when it has lapsed and there is no room, with {@code
   *     TOO_MANY_REQUESTS} when there is none for the client
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
    timer = vertx.setTimer(LONGEST_COUNTED_MILLIS, fired -> uncount());
    var inFlight = limit.underWay();
    var startedAt = System.nanoTime();
    return call.get()
        .onComplete(
            answer -> {
              vertx.cancelTimer(timer);
              uncount();
              lease.giveBack();
              limit.learn(startedAt, inFlight, answer);
            });
  }

  /**
   * Gives back what is not needed, however often it is called. A call that was made goes on
   * counting: the service is at work on it, even if nobody waits for the answer.
   */
  public void giveBack() {
    if (!used) {
      vertx.cancelTimer(timer);
      uncount();
      lease.giveBack();
    }
  }

  private void uncount() {
    if (counted.getAndSet(false)) {
      limit.uncount(client);
    }
  }
}
