package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.admission.Limits;
import org.tradepost.gateway.overload.Permit;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.logging.LoggingContext;

/** Gets the reply to a request, from the cache or from an available service. */
public final class RoutedCall {

  private final ClusterNode node;
  private final ServiceRegistry registry;
  private final ReplyCache cache;
  private final long requestMillis;
  private final ServiceLimits serviceLimits;
  private final Map<String, DownstreamCalls> downstreams = new ConcurrentHashMap<>();
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  public RoutedCall(
      ClusterNode node, ServiceRegistry registry, Limits limits, ServiceLimits serviceLimits) {
    this.node = node;
    this.registry = registry;
    this.cache = new ReplyCache(node, limits.stale());
    this.requestMillis = limits.request().toMillis();
    this.serviceLimits = serviceLimits;
  }

  /** Prepares for calls to a service: creates its metrics, and follows its change notifications. */
  public void expect(ApiDescription description) {
    var service = description.service();
    serviceLimits.of(service);
    downstream(service);
    if (description.operations().values().stream()
            .anyMatch(operation -> operation.cacheSeconds() > 0)
        && subscribed.add(service)) {
      node.bus()
          .onChange(EventOperations.changeNotification(service), () -> cache.changed(service));
    }
  }

  /** Calls the service and uses up the permit. */
  Future<CachedReply> call(OperationRoute route, Permit permit, Buffer body, MultiMap headers) {
    try {
      check(route, headers, body);
    } catch (ServiceException rejection) {
      permit.giveBack();
      return Future.failedFuture(rejection);
    }
    var operation = route.operation();
    var askedAt = System.nanoTime();
    return permit
        .call(
            () ->
                downstream(route.service())
                    .call(operation.address(), operation.repetition(), body, headers))
        .onSuccess(RoutedCall::logOrder)
        .map(message -> CachedReply.of(operation, message, askedAt));
  }

  /** Adds to the log the order id that a service returns for a request that it logs. */
  private static void logOrder(Message<Buffer> reply) {
    var order = reply.headers().get(BusHeaders.LOGGED_ORDER);
    if (order != null) {
      LoggingContext.setOrder(order);
    }
  }

  /**
   * Checks that the service is available and that any of its instances accepts the request. While
   * their versions are mixed, requests that only some instances accept are rejected here.
   */
  private void check(OperationRoute route, MultiMap headers, Buffer body) {
    var service = route.service();
    registry
        .whyUnavailable(service, route.operation().address())
        .ifPresent(
            reason -> {
              throw ServiceException.unavailable(reason);
            });
    if (registry.isMixed(service)) {
      registry
          .snapshot()
          .requestSchema(service, route.operation().address())
          .orElseThrow(
              () -> ServiceException.unavailable("The service no longer has this operation"))
          .read(headers, body);
    }
  }

  /** Returns the calls to a service. */
  public DownstreamCalls downstream(String service) {
    return downstreams.computeIfAbsent(
        service,
        first -> {
          var made =
              new DownstreamCalls(node, service, requestMillis, () -> registry.knows(service));
          made.measure();
          return made;
        });
  }

  /** Returns the cached reply to an equal request, or calls the service if it has room. */
  Future<CachedReply> callThroughCache(OperationRoute route, Object client, MultiMap headers) {
    return cache.get(
        route.service(),
        key(route.operation(), headers),
        route.operation().cacheSeconds(),
        () -> callFor(route, client, headers));
  }

  /** Calls the service, if it has room for the client. */
  Future<CachedReply> callFor(OperationRoute route, Object client, MultiMap headers) {
    var permit = serviceLimits.permit(route);
    try {
      serviceLimits.assign(route, permit, client);
    } catch (ServiceException rejection) {
      permit.giveBack();
      throw rejection;
    }
    return call(route, permit, Buffer.buffer(), headers);
  }

  /** Returns a key that is equal for requests with equal parameters, whatever their order. */
  private static String key(OperationDescription operation, MultiMap headers) {
    var key = new StringBuilder(operation.address());
    for (var parameter : operation.parameters()) {
      var value = headers.get(parameter.field());
      if (value != null) {
        key.append('\n').append(parameter.field()).append('=').append(value.length());
        key.append(':').append(value);
      }
    }
    return key.toString();
  }
}
