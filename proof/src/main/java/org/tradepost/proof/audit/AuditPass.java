package org.tradepost.proof.audit;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one pass over both databases found, for the invariants that it checked.
 *
 * @param parked the events that wait for an operator
 * @param discarded the events that an operator discarded
 */
record AuditPass(
    Map<Invariant, Finding> findings, Map<String, String> parked, Map<String, String> discarded) {

  /**
   * Reads the orders first and the stock second. Every order has its hold before it is written, so
   * an order without a hold is always a violation. What the product service acknowledged has taken
   * effect. A hold without its order, or an order that is cancelled between the two reads, may be
   * in flight; then the next pass does not find it again.
   */
  static AuditPass at(AuditedDatabase orders, AuditedDatabase product, Set<Invariant> wanted) {
    var pass =
        new AuditPass(new EnumMap<>(Invariant.class), new LinkedHashMap<>(), new LinkedHashMap<>());
    try (var ordersNow = Snapshot.of(orders);
        var productNow = Snapshot.of(product)) {
      StockChecks.ALL.forEach(check -> pass.run(check, productNow, wanted));
      OrderChecks.ALL.forEach(check -> pass.run(check, ordersNow, wanted));
      if (wanted.contains(Invariant.I4) || wanted.contains(Invariant.I5)) {
        HoldCheck.compare(ordersNow, productNow).forEach(pass::add);
      }
      if (wanted.contains(Invariant.I6)) {
        pass.add(Invariant.I6, PriceCheck.compare(ordersNow, productNow));
      }
      if (wanted.contains(Invariant.I7)) {
        pass.add(Invariant.I7, IdempotencyKeyCheck.check(ordersNow));
      }
      pass.parked.putAll(OrderChecks.PARKED.run(ordersNow).violations());
      pass.discarded.putAll(OrderChecks.DISCARDED.run(ordersNow).violations());
    }
    pass.findings.keySet().retainAll(wanted);
    return pass;
  }

  private void run(SqlCheck check, Snapshot snapshot, Set<Invariant> wanted) {
    if (wanted.contains(check.invariant())) {
      add(check.invariant(), check.run(snapshot));
    }
  }

  private void add(Invariant invariant, Finding finding) {
    findings.merge(invariant, finding, Finding::and);
  }

  /** The invariants whose violations may be gone in the next pass. */
  Set<Invariant> unsettled() {
    Set<Invariant> unsettled = EnumSet.noneOf(Invariant.class);
    findings.forEach(
        (invariant, finding) -> {
          if (invariant.isAtRest() && !finding.violations().isEmpty()) {
            unsettled.add(invariant);
          }
        });
    return unsettled;
  }

  /** The violations of this pass that a later pass found again, or did not check for. */
  AuditPass persistingIn(AuditPass later) {
    var left = new EnumMap<>(findings);
    later.findings.forEach(
        (invariant, finding) ->
            left.computeIfPresent(invariant, (same, before) -> before.persistingIn(finding)));
    return new AuditPass(left, later.parked, later.discarded);
  }
}
