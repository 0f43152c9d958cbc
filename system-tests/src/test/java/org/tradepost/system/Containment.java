package org.tradepost.system;

import java.time.Duration;
import java.util.Set;

/** Watches the effect of faults on a steady load, and makes a table of them. */
final class Containment {

  private final ContainmentTable table = new ContainmentTable();
  private final SteadyLoad load;

  Containment(SteadyLoad load) {
    this.load = load;
  }

  /** Starts a fault, watches its effect for that time, stops it, and watches that too. */
  Observation assertContained(Fault fault, Duration length) {
    awaitCalm();
    Observation broken;
    try {
      broken = watch(fault.name(), fault.dependent(), length, fault.start());
    } finally {
      fault.stop().run();
    }
    var since = System.nanoTime();
    var mended = load.awaitCalm(since);
    table.add(fault.name() + ": its end", fault.dependent(), mended);
    broken.assertContained(fault.dependent());
    mended.assertContained(fault.dependent());
    return broken;
  }

  /** Starts a fault and watches its effect for that time. */
  Observation watch(String name, Set<RequestKind> dependent, Duration length, Runnable start) {
    var since = System.nanoTime();
    start.run();
    var seen = load.observe(since, length);
    table.add(name, dependent, seen);
    return seen;
  }

  /** Waits until everything succeeds again. */
  void awaitCalm() {
    load.awaitCalm();
  }
}
