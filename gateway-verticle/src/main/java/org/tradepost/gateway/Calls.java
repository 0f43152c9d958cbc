package org.tradepost.gateway;

import com.netflix.concurrency.limits.Limit;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.event.EventOperations;
import org.tradepost.common.face.Face;
import org.tradepost.common.face.FaceOperation;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.runtime.Figures;

/** Gets the reply to a request: from the cache, or from a service that is there. */
final class Calls {

  private final ClusterNode node;
  private final Faces faces;
  private final ReplyCache cache;
  private final long requestMillis;
  private final Supplier<Limit> newLimit;
  private final Map<String, Downstream> downstreams = new ConcurrentHashMap<>();
  private final Map<String, ServiceLimit> limits = new ConcurrentHashMap<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  Calls(ClusterNode node, Faces faces, Limits limits, Supplier<Limit> newLimit) {
    this.node = node;
    this.faces = faces;
    this.cache = new ReplyCache(node.vertx(), limits.stale());
    this.requestMillis = limits.request().toMillis();
    this.newLimit = newLimit;
  }

  /** Makes ready for calls to a service, so that its figures are there before the first. */
  void expect(Face face) {
    var service = face.service();
    limit(service);
    downstream(service);
    if (face.operations().values().stream().anyMatch(operation -> operation.cacheSeconds() > 0)
        && heard.add(service)) {
      node.bus().onKnock(EventOperations.doorbell(service), () -> cache.changed(service));
    }
  }

  /**
   * Gives leave to call the service.
   *
   * @throws ServiceException {@code OVERLOADED} when it cannot take another call of this kind
   */
  Permit permit(Mount mount) {
    return limit(mount.service()).permit(mount.operation().priority());
  }

  /** Calls the service; the permit is used up. */
  Future<Reply> call(Mount mount, Permit permit, Buffer body, MultiMap headers) {
    if (faces.isAway(mount.service())) {
      permit.giveBack();
      return Future.failedFuture(
          ServiceException.unavailable("The service " + mount.service() + " is away"));
    }
    var operation = mount.operation();
    var askedAt = System.nanoTime();
    return permit
        .call(
            () ->
                downstream(mount.service())
                    .call(operation.address(), operation.repetition(), body, headers))
        .map(message -> Reply.of(operation, message, askedAt));
  }

  /** The limit of the calls to a service. */
  ServiceLimit limit(String service) {
    return limits.computeIfAbsent(
        service,
        first -> {
          var made = new ServiceLimit(node.vertx(), service, newLimit.get());
          node.figures().tell(Figures.LIMIT, service, made::figures);
          return made;
        });
  }

  private Downstream downstream(String service) {
    return downstreams.computeIfAbsent(
        service,
        first -> {
          var made = new Downstream(node.vertx(), node.bus(), service, requestMillis);
          node.figures().tell(Figures.CIRCUIT, service, made::figures);
          return made;
        });
  }

  /** Calls the service, if it has room, unless it has just been asked the same. */
  Future<Reply> callOrRemember(Mount mount, MultiMap headers) {
    return cache.get(
        mount.service(),
        key(mount.operation(), headers),
        mount.operation().cacheSeconds(),
        () -> call(mount, permit(mount), Buffer.buffer(), headers));
  }

  /** Equal for requests that differ in no parameter, whatever the order they came in. */
  private static String key(FaceOperation operation, MultiMap headers) {
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
