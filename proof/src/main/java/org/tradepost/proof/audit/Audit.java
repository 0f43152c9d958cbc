package org.tradepost.proof.audit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/**
 * Checks the invariants from outside, on a running system: with SQL alone and with no code of the
 * services.
 */
public final class Audit {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final AuditedDatabase orders;
  private final AuditedDatabase product;
  private final Runnable pause;

  public Audit(AuditedDatabase orders, AuditedDatabase product) {
    this(orders, product, Audit::pause);
  }

  /**
   * An audit of these databases.
   *
   * @param pause what to do between one look and the next
   */
  public Audit(AuditedDatabase orders, AuditedDatabase product, Runnable pause) {
    this.orders = orders;
    this.product = product;
    this.pause = pause;
  }

  /**
   * Looks until nothing is wrong, or at least until {@code wait} is over. What holds at rest only
   * is violated if the same row is wrong in every look.
   *
   * @throws DatabaseUnreadable if one of the databases cannot be read
   */
  public AuditReport run(Duration wait) {
    AuditPass look = AuditPass.at(orders, product, EnumSet.allOf(Invariant.class));
    long looked = System.nanoTime();
    Duration waited = Duration.ZERO;
    while (!look.unsettled().isEmpty() && waited.compareTo(wait) < 0) {
      pause.run();
      look = look.persistingIn(AuditPass.at(orders, product, look.unsettled()));
      waited = Duration.ofNanos(System.nanoTime() - looked);
    }
    return new AuditReport(look.findings(), look.parked(), look.discarded(), waited);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two looks", e);
    }
  }
}
