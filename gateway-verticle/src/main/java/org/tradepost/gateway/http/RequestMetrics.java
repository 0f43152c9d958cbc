package org.tradepost.gateway.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.error.Failure;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.OperationMetrics;

/**
 * Measures the requests of a gateway by operation. Those that match no operation are measured
 * together, whatever their path.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class RequestMetrics {

  private static final String NONE = "none";

  private final Metrics metrics;
  private final OperationMetrics others;
  private final Map<String, OperationMetrics> operations = new ConcurrentHashMap<>();

  public RequestMetrics(Metrics metrics) {
    this.metrics = metrics;
    this.others = metrics.httpOperation("gateway", NONE, NONE, NONE);
  }

  /** Creates the metrics of a service's operations before their first requests. */
  public void expect(ApiDescription description) {
    description.operations().values().forEach(this::of);
  }

  /** Counts a request that was rejected on arrival. */
  public void rejected(OperationDescription operation, Failure failure) {
    of(operation).failed(System.nanoTime(), null, failure);
  }

  /** Returns the metrics of the requests that match no operation. */
  OperationMetrics others() {
    return others;
  }

  OperationMetrics of(OperationDescription operation) {
    var known = operations.get(operation.address());
    return known == null
        ? operations.computeIfAbsent(operation.address(), first -> measure(operation))
        : known;
  }

  private OperationMetrics measure(OperationDescription operation) {
    var address = operation.address();
    return metrics.httpOperation(
        address.substring(0, address.indexOf('.')), address, operation.method(), operation.path());
  }
}
