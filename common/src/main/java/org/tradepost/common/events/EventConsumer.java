package org.tradepost.common.events;

import io.vertx.core.Future;
import java.util.Optional;

/** Receives every event of a service, and stores how far it has come. */
public interface EventConsumer {

  /** The cursor that was stored last; empty to begin with the oldest events that are kept. */
  Future<Optional<String>> cursor();

  /**
   * Takes an event in. It may come again when the cursor could not be stored after it, so doing it
   * twice must be like doing it once; {@link Event#id} tells it apart. When it fails, it is tried
   * again, and nothing comes before it has succeeded.
   */
  Future<Void> consume(Event event);

  /** Stores the cursor behind everything that was consumed. */
  Future<Void> store(String cursor);
}
