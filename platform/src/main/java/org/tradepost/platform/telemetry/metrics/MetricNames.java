package org.tradepost.platform.telemetry.metrics;

/**
 * Metric names that more than one class needs. Prometheus writes them with underscores, and adds
 * the unit, and {@code _total} for counters.
 */
public final class MetricNames {

  /** Labels: {@code service}, {@code operation}. Requests at their service. */
  static final String OPERATION = "tradepost.operation";

  /** Labels: also {@code method} and {@code route}. Requests at a gateway. */
  static final String HTTP = "tradepost.http";

  static final String DURATION = ".duration";
  static final String ERRORS = ".errors";

  /** Label: {@code service}. */
  public static final String IN_FLIGHT = "tradepost.requests.in.flight";

  /** Labels: {@code service}, {@code version}. */
  public static final String SERVICE = "tradepost.service.info";

  /** Label: {@code service}. Whether a gateway gets no reply from it at all. */
  public static final String UNRESPONSIVE = "tradepost.service.unresponsive";

  /** Label: {@code service}. */
  public static final String SERVICE_LOST = "tradepost.service.lost";

  /** Labels: {@code service}, {@code operation}. */
  public static final String CIRCUIT_OPEN = "tradepost.circuit.breaker.open";

  /** Labels: {@code service}, {@code operation}. */
  public static final String CIRCUIT_FAILURES = "tradepost.circuit.breaker.failures";

  /** Labels: {@code service}, {@code operation}. */
  public static final String CIRCUIT_OPENED = "tradepost.circuit.breaker.opened";

  /** Labels: {@code service}, {@code operation}, {@code outcome}. */
  public static final String CALLS = "tradepost.calls";

  /** Label: {@code service}. How many calls a gateway may have in flight. */
  public static final String LIMIT = "tradepost.limit.calls";

  /** Label: {@code service}. How many permits are in use. */
  public static final String LIMIT_IN_FLIGHT = "tradepost.limit.calls.in.flight";

  /** Label: {@code service}. */
  public static final String LIMIT_REFUSED = "tradepost.limit.refused";

  /** Label: {@code queue}. */
  public static final String QUEUE = "tradepost.queue.items";

  /** Label: {@code queue}. */
  public static final String QUEUE_LIMIT = "tradepost.queue.items.limit";

  /** Labels: {@code backlog}, {@code state}. */
  static final String BACKLOG = "tradepost.backlog.items";

  /** Label: {@code backlog}. */
  static final String BACKLOG_AGE = "tradepost.backlog.oldest.age";

  /** The key, among a backlog's counts, of the age of its oldest item in seconds. */
  public static final String OLDEST = "oldestSeconds";

  /** Label: {@code condition}. */
  public static final String CONDITION = "tradepost.condition.met";

  private MetricNames() {}
}
