package org.tradepost.common.events;

import io.vertx.core.Future;
import java.util.Optional;

/** Consumes every event of a service and stores the cursor that it has reached. */
public interface EventConsumer {

  /** The cursor stored last; empty to begin with the oldest events that are kept. */
  Future<Optional<String>> cursor();

  /**
   * Processes an event. It must be idempotent: an event comes again if the cursor could not be
   * stored after it; {@link Event#id} identifies it. An event that fails is retried, and no later
   * event comes before it has succeeded.
   */
  Future<Void> consume(Event event);

  /** Stores the cursor that follows all consumed events. */
  Future<Void> store(String cursor);
}
