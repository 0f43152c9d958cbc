package org.tradepost.auth.passwords;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.QueueMetrics;

/**
 * Hashes passwords with argon2id, on as many threads as there are cores and with a bounded queue.
 * Clients take turns, so a client that sends many logins delays only itself.
 */
public final class PasswordHashing {

  /** The minimum that OWASP recommends: 19 MiB, two passes, one lane. */
  public static final Cost OWASP = new Cost(19 * 1024, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id, SALT_BYTES, HASH_BYTES);
  private final Cost cost;
  private final WorkerExecutor workers;
  private final int limit;
  private final Vertx vertx;
  private QueueMetrics queue = QueueMetrics.none();
  private final FairQueue waiting = new FairQueue();
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * The cost of one hash.
   *
   * @param kibibytes the memory, outside the heap
   */
  public record Cost(int kibibytes, int passes, int lanes) {}

  /**
   * @param cost the cost of one new hash
   * @param limit the maximum number of hashings in progress or waiting
   */
  public PasswordHashing(Vertx vertx, Cost cost, int limit) {
    this.cost = cost;
    this.vertx = vertx;
    this.workers =
        vertx.createSharedWorkerExecutor(
            "auth-hashing", Runtime.getRuntime().availableProcessors());
    this.limit = limit;
  }

  /**
   * Hashes a password with a new salt and returns a PHC string.
   *
   * @return fails with {@code OVERLOADED}, or with {@code UNAVAILABLE} if its turn came too late
   */
  public Future<String> hash(String password, RequestContext call) {
    return run(
        call, () -> argon2.hash(cost.passes, cost.kibibytes, cost.lanes, characters(password)));
  }

  /** Whether a password matches a hash of any cost; fails like {@link #hash}. */
  public Future<Boolean> matches(String password, String hash, RequestContext call) {
    return run(call, () -> argon2.verify(hash, characters(password)));
  }

  private static char[] characters(String password) {
    return PasswordPolicy.normalize(password).toCharArray();
  }

  /** Returns a hash that matches no password, so that a login without an account takes as long. */
  public Future<String> decoy() {
    return hash(UUID.randomUUID().toString(), RequestContext.background(Long.MAX_VALUE / 2));
  }

  /** Starts to measure the hashings that are in progress or waiting. */
  public void measure(Metrics metrics) {
    queue = metrics.queue("passwords to hash", inFlight::get, limit);
  }

  public Future<Void> close() {
    return workers.close();
  }

  private <T> Future<T> run(RequestContext call, Callable<T> work) {
    if (inFlight.incrementAndGet() > limit) {
      inFlight.decrementAndGet();
      queue.rejected();
      return Future.failedFuture(ServiceException.overloaded());
    }
    var context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    var since = System.nanoTime();
    waiting.add(
        client(call),
        () -> {
          queue.waited(since, call.traceparent());
          var done = attempt(call, work);
          context.runOnContext(
              back -> {
                inFlight.decrementAndGet();
                promise.handle(done);
              });
        });
    workers
        // May run the task of another client, whose turn it is.
        .executeBlocking(Executors.callable(() -> waiting.next().run()), false)
        .onFailure(promise::tryFail);
    return promise.future();
  }

  private static String client(RequestContext call) {
    return call.caller().isUser() ? call.caller().subject() : call.client();
  }

  private static <T> Future<T> attempt(RequestContext call, Callable<T> work) {
    try {
      return call.remaining() <= 0
          ? Future.failedFuture(ServiceException.timedOut())
          : Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
