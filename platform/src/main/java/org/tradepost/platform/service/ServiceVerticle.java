package org.tradepost.platform.service;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Backoff;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;

/**
 * The verticle of a service: starts and stops its parts in the same order for every service.
 *
 * <p>Start: what {@link #build} opens, the service itself, its background tasks. Stop: the service
 * takes no more requests and finishes those in flight, then the background tasks stop, then what
 * was opened is closed, each in reverse. A start that fails stops what has started.
 */
public abstract class ServiceVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(ServiceVerticle.class);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long MAX_PAUSE_MILLIS = 10_000;

  /** The node that the service runs on. */
  protected final ClusterNode node;

  private final Service service;
  private final List<Runnable> tasks = new ArrayList<>();
  private final Deque<Supplier<Future<Void>>> stops = new ArrayDeque<>();

  /**
   * Reads the API description, which takes a while: must not be called on an event loop.
   *
   * @param name the service's name; its API description is {@code openapi/<name>.yaml} on the class
   *     path
   */
  protected ServiceVerticle(ClusterNode node, String name) {
    this.node = node;
    this.service = new Service(node, name);
  }

  /**
   * Opens what the service needs and registers its operations. Anything that it throws fails the
   * start.
   */
  protected abstract Future<?> build(Service service);

  /**
   * Opens the service's own database, whose migrations are in {@code db/<name>} on the class path.
   * While it is unavailable, the service takes no requests.
   */
  protected final Future<Database> openDatabase(DatabaseConfig config) {
    return Database.open(vertx, config, "db/" + service.name())
        .onSuccess(
            database -> {
              onStop(database::close);
              database.onRefused(
                  service.need(service.name() + " database", database::check)::recheck);
            });
  }

  /**
   * Does work that must be done before the service starts. It is retried for as long as the
   * database is unavailable or overloaded, so it must be idempotent.
   */
  protected final <T> Future<T> prepare(Supplier<Future<T>> work) {
    return prepare(work, new Backoff(FIRST_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
  }

  private <T> Future<T> prepare(Supplier<Future<T>> work, Backoff backoff) {
    return work.get()
        .recover(
            failure ->
                ServiceException.isTemporary(failure)
                    ? vertx.timer(backoff.next()).compose(paused -> prepare(work, backoff))
                    : Future.failedFuture(failure));
  }

  /** Registers an action that runs once everything started later has stopped. */
  protected final void onStop(Supplier<Future<Void>> close) {
    stops.push(close);
  }

  /** Registers a task that starts once the service takes requests. */
  protected final void inBackground(Runnable start, Supplier<Future<Void>> stop) {
    tasks.add(
        () -> {
          onStop(stop);
          start.run();
        });
  }

  /** See {@link #inBackground(Runnable, Supplier)}. */
  protected final void inBackground(PeriodicTasks periodic) {
    inBackground(periodic::start, periodic::stop);
  }

  /** Adds to the node's health how many instances of another service are known. */
  protected final void reportInstances(String other) {
    node.health().report(other, () -> node.directory().count(other));
  }

  /** Publishes a change notification: the service may have new events. */
  protected final void notifyOfEvents() {
    node.bus().notify(EventOperations.changeNotification(service.name()));
  }

  @Override
  public final Future<?> start() {
    return Future.succeededFuture()
        .compose(begun -> build(service))
        .compose(built -> service.start())
        .compose(started -> startTasks())
        .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
  }

  private Future<Void> startTasks() {
    tasks.forEach(Runnable::run);
    return Future.succeededFuture();
  }

  @Override
  public final Future<?> stop() {
    return stop(service::stop).compose(left -> stopNext());
  }

  private Future<Void> stopNext() {
    return stops.isEmpty()
        ? Future.succeededFuture()
        : stop(stops.pop()).compose(done -> stopNext());
  }

  private Future<Void> stop(Supplier<Future<Void>> part) {
    return Future.succeededFuture()
        .compose(begun -> part.get())
        .onFailure(
            failure -> log.warn("a part of {} did not stop cleanly", service.name(), failure))
        .otherwiseEmpty();
  }
}
