package org.tradepost.gateway;

import java.util.Set;

/** Which services had a living instance when the directory was last read. */
final class Presence {

  /** For how long the directory's word that nobody is there is believed. */
  private static final long BELIEVED_MILLIS = 3_000;

  private volatile Snapshot last = new Snapshot(Set.of(), 0);

  private record Snapshot(Set<String> services, long at) {}

  void saw(Set<String> services) {
    last = new Snapshot(Set.copyOf(services), System.currentTimeMillis());
  }

  /** Whether it is known that no instance of a service lives; when in doubt, it may be there. */
  boolean isAway(String service) {
    var now = last;
    return !now.services().contains(service)
        && System.currentTimeMillis() - now.at() < BELIEVED_MILLIS;
  }
}
