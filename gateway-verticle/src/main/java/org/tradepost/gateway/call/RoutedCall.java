package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.admission.Limits;
import org.tradepost.gateway.overload.Permit;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.management.Metrics;
import org.tradepost.platform.node.ClusterNode;

/** Gets the reply to a request: from the cache, or from a service that is there. */
public final class RoutedCall {

  private final ClusterNode node;
  private final ServiceRegistry faces;
  private final ReplyCache cache;
  private final long requestMillis;
  private final ServiceLimits serviceLimits;
  private final Map<String, DownstreamCalls> downstreams = new ConcurrentHashMap<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  public RoutedCall(
      ClusterNode node, ServiceRegistry faces, Limits limits, ServiceLimits serviceLimits) {
    this.node = node;
    this.faces = faces;
    this.cache = new ReplyCache(node.vertx(), limits.stale());
    this.requestMillis = limits.request().toMillis();
    this.serviceLimits = serviceLimits;
  }

  /** Makes ready for calls to a service, so that its figures are there before the first. */
  public void expect(ApiDescription face) {
    var service = face.service();
    serviceLimits.of(service);
    downstream(service);
    if (face.operations().values().stream().anyMatch(operation -> operation.cacheSeconds() > 0)
        && heard.add(service)) {
      node.bus()
          .onChange(EventOperations.changeNotification(service), () -> cache.changed(service));
    }
  }

  /** RoutedCall the service; the permit is used up. */
  Future<CachedReply> call(OperationRoute mount, Permit permit, Buffer body, MultiMap headers) {
    try {
      check(mount, headers, body);
    } catch (ServiceException refusal) {
      permit.giveBack();
      return Future.failedFuture(refusal);
    }
    var operation = mount.operation();
    var askedAt = System.nanoTime();
    return permit
        .call(
            () ->
                downstream(mount.service())
                    .call(operation.address(), operation.repetition(), body, headers))
        .map(message -> CachedReply.of(operation, message, askedAt));
  }

  /**
   * Whether an instance can serve the request, whichever gets it: while instances of different
   * versions are there, what only some of them would take is refused here.
   */
  private void check(OperationRoute mount, MultiMap headers, Buffer body) {
    var service = mount.service();
    faces
        .trouble(service)
        .ifPresent(
            trouble -> {
              throw ServiceException.unavailable(trouble);
            });
    if (faces.isMixed(service)) {
      faces.mounted().contract(service, mount.operation().address()).read(headers, body);
    }
  }

  /** The way to a service. */
  public DownstreamCalls downstream(String service) {
    return downstreams.computeIfAbsent(
        service,
        first -> {
          var made = new DownstreamCalls(node.vertx(), node.bus(), service, requestMillis);
          node.metrics().register(Metrics.CIRCUIT, service, made::figures);
          return made;
        });
  }

  /** RoutedCall the service, if it has room, unless it has just been asked the same. */
  Future<CachedReply> callOrRemember(OperationRoute mount, Object client, MultiMap headers) {
    return cache.get(
        mount.service(),
        key(mount.operation(), headers),
        mount.operation().cacheSeconds(),
        () -> callFor(mount, client, headers));
  }

  /** RoutedCall the service, if it has room for the client. */
  Future<CachedReply> callFor(OperationRoute mount, Object client, MultiMap headers) {
    var permit = serviceLimits.permit(mount);
    try {
      serviceLimits.claim(mount, permit, client);
    } catch (ServiceException refusal) {
      permit.giveBack();
      throw refusal;
    }
    return call(mount, permit, Buffer.buffer(), headers);
  }

  /** Equal for requests that differ in no parameter, whatever the order they came in. */
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
