package org.tradepost.proof.audit;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one look into both databases found, of the invariants that it was for.
 *
 * @param parked the events that wait for an operator
 * @param discarded the events that an operator gave up
 */
record AuditPass(
    Map<Invariant, Finding> findings, Map<String, String> parked, Map<String, String> discarded) {

  /**
   * Looks now, at orders first and at stock second. Every order had its hold before it was written,
   * so an order without one is never a matter of the moment; and what product has acknowledged it
   * has done. A hold without its order, or an order that is cancelled between the two moments, may
   * be: such a thing is gone at the next look.
   */
  static AuditPass at(AuditedDatabase orders, AuditedDatabase product, Set<Invariant> wanted) {
    AuditPass look =
        new AuditPass(new EnumMap<>(Invariant.class), new LinkedHashMap<>(), new LinkedHashMap<>());
    try (Snapshot ordersNow = Snapshot.of(orders);
        Snapshot productNow = Snapshot.of(product)) {
      StockChecks.ALL.forEach(question -> look.ask(question, productNow, wanted));
      OrderChecks.ALL.forEach(question -> look.ask(question, ordersNow, wanted));
      if (wanted.contains(Invariant.I4) || wanted.contains(Invariant.I5)) {
        HoldCheck.compare(ordersNow, productNow).forEach(look::add);
      }
      if (wanted.contains(Invariant.I6)) {
        look.add(Invariant.I6, PriceCheck.compare(ordersNow, productNow));
      }
      if (wanted.contains(Invariant.I7)) {
        look.add(Invariant.I7, IdempotencyKeyCheck.check(ordersNow));
      }
      look.parked.putAll(OrderChecks.PARKED.ask(ordersNow).violations());
      look.discarded.putAll(OrderChecks.DISCARDED.ask(ordersNow).violations());
    }
    look.findings.keySet().retainAll(wanted);
    return look;
  }

  private void ask(SqlCheck question, Snapshot snapshot, Set<Invariant> wanted) {
    if (wanted.contains(question.invariant())) {
      add(question.invariant(), question.ask(snapshot));
    }
  }

  private void add(Invariant invariant, Finding finding) {
    findings.merge(invariant, finding, Finding::and);
  }

  /** The invariants whose violations may be gone at the next look. */
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

  /** What is left of this look's violations in a later one; what that one did not ask stays. */
  AuditPass persistingIn(AuditPass later) {
    Map<Invariant, Finding> left = new EnumMap<>(findings);
    later.findings.forEach(
        (invariant, finding) ->
            left.computeIfPresent(invariant, (same, before) -> before.persistingIn(finding)));
    return new AuditPass(left, later.parked, later.discarded);
  }
}
