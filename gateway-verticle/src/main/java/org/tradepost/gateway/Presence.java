package org.tradepost.gateway;

import java.util.Set;
import org.tradepost.common.bus.Deadline;

/** Which services had a living instance when the directory was last read. */
final class Presence {

  /** For how long the directory's word that nobody is there is believed. */
  private static final long BELIEVED_MILLIS = 3_000;

  private volatile Snapshot last = new Snapshot(Set.of(), Deadline.in(0));

  private record Snapshot(Set<String> services, Deadline believed) {}

  void saw(Set<String> services) {
    last = new Snapshot(Set.copyOf(services), Deadline.in(BELIEVED_MILLIS));
  }

  /** Whether it is known that no instance of a service lives; when in doubt, it may be there. */
  boolean isAway(String service) {
    var now = last;
    return !now.services().contains(service) && !now.believed().isPast();
  }
}
