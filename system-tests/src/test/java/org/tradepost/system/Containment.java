package org.tradepost.system;

import java.time.Duration;
import java.util.Set;

/** Watches what faults do to a steady load, and makes the table of them. */
final class Containment {

  private final ContainmentTable table = new ContainmentTable();
  private final SteadyLoad load;

  Containment(SteadyLoad load) {
    this.load = load;
  }

  /** Begins a fault, watches it for so long, ends it and watches that too. */
  Observation assertContained(Fault fault, Duration length) {
    awaitCalm();
    Observation broken;
    try {
      broken = watch(fault.name(), fault.dependent(), length, fault.begin());
    } finally {
      fault.end().run();
    }
    var since = System.nanoTime();
    var mended = load.awaitCalm(since);
    table.add(fault.name() + ": its end", fault.dependent(), mended);
    broken.assertContained(fault.dependent());
    mended.assertContained(fault.dependent());
    return broken;
  }

  /** Begins a fault and watches it for so long. */
  Observation watch(String name, Set<RequestKind> dependent, Duration length, Runnable begin) {
    var since = System.nanoTime();
    begin.run();
    var seen = load.observe(since, length);
    table.add(name, dependent, seen);
    return seen;
  }

  /** Until all is as if nothing had been broken. */
  void awaitCalm() {
    load.awaitCalm();
  }
}
