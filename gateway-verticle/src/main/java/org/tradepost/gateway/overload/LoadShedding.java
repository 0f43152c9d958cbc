package org.tradepost.gateway.overload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.Failure;
import org.tradepost.gateway.http.AccessLog;
import org.tradepost.gateway.http.BodyDrain;
import org.tradepost.gateway.http.ExchangeSpan;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.PreparedProblem;
import org.tradepost.gateway.http.RequestMetrics;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.telemetry.tracing.Tracing;

/**
 * Rejects requests for which their service has no room, before any other work: only the head is
 * inspected, and only the bytes of the response are created. Under extreme overload, most of the
 * gateway's time is spent here.
 *
 * <p>Requests that are not simple take the usual path, where they are rejected too, at a higher
 * cost. One per gateway, shared by its event loops.
 */
public final class LoadShedding {

  private final ServiceRegistry registry;
  private final ServiceLimits limits;
  private final AccessLog accessLog;
  private final RequestMetrics requests;
  private final Tracing tracing;
  private final Map<String, PreparedProblem> answers = new ConcurrentHashMap<>();

  public LoadShedding(
      ServiceRegistry registry,
      ServiceLimits limits,
      AccessLog accessLog,
      RequestMetrics requests,
      Tracing tracing) {
    this.registry = registry;
    this.limits = limits;
    this.accessLog = accessLog;
    this.requests = requests;
    this.tracing = tracing;
  }

  /** Returns the whole response to a request that is rejected here; otherwise empty. */
  Optional<ByteBuf> answer(HttpRequest request, ByteBufAllocator allocator) {
    return registry
        .snapshot()
        .routes()
        .route(request.method().name(), request.uri())
        .filter(route -> !limits.of(route.service()).hasRoom(route.operation().priority()))
        .filter(route -> !route.isCached() && isSimple(request))
        .map(route -> reject(route, request, allocator));
  }

  private ByteBuf reject(OperationRoute route, HttpRequest request, ByteBufAllocator allocator) {
    var headers = (MultiMap) request.headers();
    var id = HttpExchange.requestId(headers);
    var trace = TraceHeaders.traceparent(headers).orElse(null);
    var line = accessLog.line(request.method(), id, trace).route(route.operation().path());
    var limit = limits.of(route.service());
    limit.rejected();
    var rejection = limit.overloaded();
    requests.rejected(route.operation(), rejection.failure());
    if (TraceHeaders.isSampled(trace)) {
      trace(route, request, trace, id, rejection.failure());
    }
    var problem =
        answers.computeIfAbsent(route.service(), first -> PreparedProblem.of(rejection.failure()));
    line.rejected(rejection).write(rejection.failure().status(), problem.bodyBytes(id));
    return problem.answer(id, allocator);
  }

  private void trace(
      OperationRoute route, HttpRequest request, String trace, String id, Failure rejection) {
    var span = ExchangeSpan.start(tracing, request.method(), Optional.of(trace), id);
    span.setOperation(route.operation());
    span.failed(rejection);
    span.end(rejection.status());
  }

  /**
   * Whether the request is well-formed HTTP/1.1, keeps its connection open, has no body that must
   * be drained, and does not come from a page of another origin, which would need CORS header
   * fields.
   */
  private static boolean isSimple(HttpRequest request) {
    return request.headers() instanceof MultiMap headers
        && request.decoderResult().isSuccess()
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && HttpUtil.isKeepAlive(request)
        && BodyDrain.needsNoDrain(headers)
        && !headers.contains(HttpHeaders.ORIGIN);
  }
}
