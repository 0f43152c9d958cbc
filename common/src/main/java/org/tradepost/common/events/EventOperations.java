package org.tradepost.common.events;

import org.tradepost.common.bus.Operation;

/** How the events of a service that has some are read over the bus. */
public final class EventOperations {

  private EventOperations() {}

  /** For users: what their token lets them see. */
  public static Operation<ReadEvents, EventPage> read(String service) {
    return Operation.open(service + ".v1.events", ReadEvents.class, EventPage.class);
  }

  /** For services: all events. */
  public static Operation<ReadEvents, EventPage> follow(String service) {
    return Operation.internal(service + ".v1.follow", ReadEvents.class, EventPage.class);
  }

  /**
   * Where a message without content is published when there are new events. Any of them may be
   * lost.
   */
  public static String changeNotification(String service) {
    return service + ".v1.events.changed";
  }
}
