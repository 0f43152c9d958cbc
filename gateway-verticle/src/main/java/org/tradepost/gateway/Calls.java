package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.error.ServiceException;
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
  private final Map<String, Downstream> downstreams = new ConcurrentHashMap<>();
  private final Map<String, ServiceLimit> limits = new ConcurrentHashMap<>();

  Calls(ClusterNode node, Faces faces, Limits limits) {
    this.node = node;
    this.faces = faces;
    this.cache = new ReplyCache(node.vertx(), limits.stale());
    this.requestMillis = limits.request().toMillis();
  }

  /** Makes ready for calls to a service, so that its figures are there before the first. */
  void expect(Face face) {
    limit(face.service());
    downstream(face.service());
  }

  /**
   * Whether the service can take another call of this kind; for looking before anything is spent.
   *
   * @throws ServiceException {@code OVERLOADED}
   */
  void requireRoom(Mount mount) {
    limit(mount.service()).requireRoom(mount.operation().priority());
  }

  /** Calls the service, if it can take another call of this kind. */
  Future<Reply> call(Mount mount, Buffer body, MultiMap headers) {
    if (faces.isAway(mount.service())) {
      return Future.failedFuture(
          ServiceException.unavailable("The service " + mount.service() + " is away"));
    }
    var operation = mount.operation();
    return limit(mount.service())
        .call(
            operation.priority(),
            () ->
                downstream(mount.service())
                    .call(operation.address(), operation.repetition(), body, headers))
        .map(message -> Reply.of(operation, message));
  }

  private ServiceLimit limit(String service) {
    return limits.computeIfAbsent(
        service,
        first -> {
          var made = new ServiceLimit(node.vertx(), service);
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

  /** Calls the service unless it has just been asked the same. */
  Future<Reply> callOrRemember(Mount mount, MultiMap headers) {
    return cache.get(
        key(mount.operation(), headers),
        mount.operation().cacheSeconds(),
        () -> call(mount, Buffer.buffer(), headers));
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
