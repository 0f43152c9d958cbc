package org.tradepost.proof.audit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/**
 * Checks the invariants of a running system from outside: with SQL alone, and without code of the
 * services.
 */
public final class Audit {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final AuditedDatabase orders;
  private final AuditedDatabase product;
  private final Runnable pause;

  public Audit(AuditedDatabase orders, AuditedDatabase product) {
    this(orders, product, Audit::pause);
  }

  /**
   * Creates an audit of these databases.
   *
   * @param pause what to do between two passes
   */
  public Audit(AuditedDatabase orders, AuditedDatabase product, Runnable pause) {
    this.orders = orders;
    this.product = product;
    this.pause = pause;
  }

  /**
   * Repeats passes until one finds nothing wrong or {@code wait} has elapsed. An invariant that
   * holds only at rest is violated if the same row is wrong in every pass.
   *
   * @throws DatabaseUnreadable if one of the databases cannot be read
   */
  public AuditReport run(Duration wait) {
    var pass = AuditPass.at(orders, product, EnumSet.allOf(Invariant.class));
    var started = System.nanoTime();
    var waited = Duration.ZERO;
    while (!pass.unsettled().isEmpty() && waited.compareTo(wait) < 0) {
      pause.run();
      pass = pass.persistingIn(AuditPass.at(orders, product, pass.unsettled()));
      waited = Duration.ofNanos(System.nanoTime() - started);
    }
    return new AuditReport(pass.findings(), pass.parked(), pass.discarded(), waited);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two passes", e);
    }
  }
}
