package org.tradepost.common.events;

import org.tradepost.common.bus.Operation;

/** How the events of a service are read over the bus. */
public final class EventOperations {

  private EventOperations() {}

  /** For users: the events that their token lets them see. */
  public static Operation<ReadEvents, EventPage> read(String service) {
    return Operation.open(service + ".v1.events", ReadEvents.class, EventPage.class);
  }

  /** For services: all events. */
  public static Operation<ReadEvents, EventPage> follow(String service) {
    return Operation.internal(service + ".v1.follow", ReadEvents.class, EventPage.class);
  }

  /** The address of the change notifications for new events. Any notification may be lost. */
  public static String changeNotification(String service) {
    return service + ".v1.events.changed";
  }
}
