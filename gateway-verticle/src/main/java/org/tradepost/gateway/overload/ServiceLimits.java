package org.tradepost.gateway.overload;

import com.netflix.concurrency.limits.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.platform.node.ClusterNode;

/**
 * The limits of the calls to each service, of all clients together and of each one.
 *
 * <p>One for a gateway, shared by its event loops.
 */
public final class ServiceLimits {

  private final ClusterNode node;
  private final double clientShare;
  private final Supplier<Limit> newLimit;
  private final ClientLimits clientLimits = new ClientLimits();
  private final Map<String, ServiceLimit> limits = new ConcurrentHashMap<>();

  /**
   * @param clientShare what part of a limit one client may use, 1 for all of it
   * @param newLimit makes the limit of each service
   */
  public ServiceLimits(ClusterNode node, double clientShare, Supplier<Limit> newLimit) {
    this.node = node;
    this.clientShare = clientShare;
    this.newLimit = newLimit;
  }

  /** The limit of the calls to a service. */
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
   * @throws ServiceException {@code OVERLOADED} when it cannot take another call of this kind
   */
  public Permit permit(OperationRoute route) {
    return of(route.service()).permit(route.operation().priority());
  }

  /**
   * Lets a permit count for the client that turned out to ask.
   *
   * @throws ServiceException {@code TOO_MANY_REQUESTS} when it has as much under way as it may
   */
  public void assign(OperationRoute route, Permit permit, Object client) {
    permit.assignTo(client, clientLimits.take(route, client));
  }
}
