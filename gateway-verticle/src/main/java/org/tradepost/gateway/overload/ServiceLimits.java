package org.tradepost.gateway.overload;

import com.netflix.concurrency.limits.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.platform.node.ClusterNode;

/**
 * The limits on calls to each service, in total and per client.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class ServiceLimits {

  private final ClusterNode node;
  private final double clientShare;
  private final Supplier<Limit> newLimit;
  private final ClientLimits clientLimits = new ClientLimits();
  private final Map<String, ServiceLimit> limits = new ConcurrentHashMap<>();

  /**
   * @param clientShare the fraction of a limit that one client may use, at most 1
   * @param newLimit creates the limit of each service
   */
  public ServiceLimits(ClusterNode node, double clientShare, Supplier<Limit> newLimit) {
    this.node = node;
    this.clientShare = clientShare;
    this.newLimit = newLimit;
  }

  /** Returns the limit on calls to a service. */
  public ServiceLimit of(String service) {
    return limits.computeIfAbsent(
        service,
        first -> {
          var made = new ServiceLimit(node.vertx(), service, newLimit.get(), clientShare);
          made.measure(node.metrics());
          return made;
        });
  }

  /**
   * Permits a call to the service.
   *
   * @throws ServiceException {@code OVERLOADED} if it has no room for a call of this priority
   */
  public Permit permit(OperationRoute route) {
    return of(route.service()).permit(route.operation().priority());
  }

  /**
   * Counts a permit for its client once that is known.
   *
   * @throws ServiceException {@code TOO_MANY_REQUESTS} if the client has too much in flight
   */
  public void assign(OperationRoute route, Permit permit, Object client) {
    permit.assignTo(client, clientLimits.take(route, client));
  }
}
