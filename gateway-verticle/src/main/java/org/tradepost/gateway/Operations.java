package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeSet;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.face.FaceOperation;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.runtime.Service;

/**
 * The way of every request that is for a service: find the operation, check what costs nothing,
 * check who asks, and only then read the body, call and answer.
 */
final class Operations implements Handler<RoutingContext> {

  private final Faces faces;
  private final TokenVerifier verifier;
  private final Calls calls;
  private final Limits limits;

  Operations(Faces faces, TokenVerifier verifier, Calls calls, Limits limits) {
    this.faces = faces;
    this.verifier = verifier;
    this.calls = calls;
    this.limits = limits;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var place = faces.mounted().routes().find(request.path());
    if (place == null) {
      throw new ServiceException(ErrorCode.NOT_FOUND, "There is nothing at this path");
    }
    var mount = mount(place.methods(), request);
    if (mount != null) {
      serve(context, mount, place);
    }
  }

  /** The operation that is asked for; null when the answer has been given here. */
  private static Mount mount(Map<String, Mount> methods, HttpServerRequest request) {
    var method = request.method().name();
    var mount = methods.get(method);
    if (mount == null && method.equals("HEAD")) {
      mount = methods.get("GET");
    }
    if (mount == null) {
      request.response().putHeader(HttpHeaders.ALLOW, allowed(methods));
      if (!method.equals("OPTIONS")) {
        throw new ServiceException(ErrorCode.METHOD_NOT_ALLOWED);
      }
      request.response().setStatusCode(204).end();
    }
    return mount;
  }

  private static String allowed(Map<String, Mount> methods) {
    var allowed = new TreeSet<>(methods.keySet());
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
  }

  private void serve(RoutingContext context, Mount mount, RouteTable.Place place) {
    var request = context.request();
    var exchange = Exchange.of(context);
    exchange.within(limits.request(), ErrorCode.UNAVAILABLE);
    Parameters.generate(mount, request);
    checkBody(mount.operation(), request);
    var body = RequestBody.hold(request, limits.bodyBytes());
    authorize(mount.operation(), request)
        .compose(
            token -> {
              var headers = Parameters.read(mount, place.values(), request);
              describe(exchange, token, headers);
              return read(exchange, body).compose(bytes -> reply(context, mount, bytes, headers));
            })
        .onSuccess(reply -> Answers.write(context, mount.operation(), reply))
        .onFailure(context::fail);
  }

  private void checkBody(FaceOperation operation, HttpServerRequest request) {
    if (!RequestBody.isSent(request)) {
      return;
    }
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (!operation.bodyTypes().isEmpty() && (type == null || !operation.takes(type))) {
      throw new ServiceException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must come as " + String.join(" or ", operation.bodyTypes().keySet()));
    }
    RequestBody.checkLength(request, limits.bodyBytes());
  }

  /** The caller's token, verified; null for a stranger who may ask. */
  private Future<String> authorize(FaceOperation operation, HttpServerRequest request) {
    String token = Bearer.token(request.headers());
    return verifier
        .verify(token)
        .map(
            caller -> {
              if (caller.kind() == Caller.Kind.SERVICE) {
                throw new ServiceException(ErrorCode.UNAUTHENTICATED, "A user's token is required");
              }
              Service.authorize(caller, operation);
              return token;
            });
  }

  private static void describe(Exchange exchange, String token, MultiMap headers) {
    headers.set(BusHeaders.REQUEST_ID, exchange.requestId());
    headers.set(BusHeaders.TRACEPARENT, exchange.traceparent());
    headers.set(BusHeaders.PARAMETERS, BusHeaders.PARAMETERS_AS_HEADERS);
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
  }

  private Future<Buffer> read(Exchange exchange, RequestBody body) {
    if (body.isWhole()) {
      return body.read();
    }
    exchange.within(limits.body(), ErrorCode.REQUEST_TIMEOUT);
    return body.read().onSuccess(whole -> exchange.within(limits.request(), ErrorCode.UNAVAILABLE));
  }

  private Future<Reply> reply(RoutingContext context, Mount mount, Buffer body, MultiMap headers) {
    var operation = mount.operation();
    if (operation.cacheSeconds() == 0 || !operation.method().equals("GET")) {
      return calls.call(mount, operation.bodyTypes().isEmpty() ? Buffer.buffer() : body, headers);
    }
    // Who shows a token may get to see more.
    context.response().headers().add(HttpHeaders.VARY, "Authorization");
    return operation.authenticated() || headers.contains(BusHeaders.AUTHORIZATION)
        ? calls.call(mount, Buffer.buffer(), headers)
        : calls
            .callOrRemember(mount, headers)
            .onSuccess(
                reply -> Answers.allowCaching(context.response(), operation.cacheSeconds(), reply));
  }
}
