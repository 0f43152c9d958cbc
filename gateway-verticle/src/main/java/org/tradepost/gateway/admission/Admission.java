package org.tradepost.gateway.admission;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.ClientProof;
import org.tradepost.common.identity.Recognition;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.gateway.connection.HttpError;
import org.tradepost.gateway.http.Bearer;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.RequestBody;
import org.tradepost.gateway.overload.BodyMemory;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Authorization;

/**
 * Admits requests: makes the cheap checks first, then verifies the caller, and only then reads the
 * body.
 */
public final class Admission {

  private final Vertx vertx;
  private final TokenVerifier verifier;
  private final ClientProof clientProof;
  private final Limits limits;
  private final RateLimits rates;
  private final BodyMemory bodies;

  /**
   * @param bodies counts the bytes of a body until its request ends
   */
  public Admission(ClusterNode node, Limits limits, RateLimits rates, BodyMemory bodies) {
    this.vertx = node.vertx();
    this.verifier = node.verifier();
    this.clientProof = node.clientProof();
    this.limits = limits;
    this.rates = rates;
    this.bodies = bodies;
  }

  /**
   * A request that may be served.
   *
   * @param known the caller
   * @param client identifies the client: the account, or the address if there is none
   * @param headers the message headers for the service: parameters, token, request id and trace
   * @param body the bytes of its body
   */
  public record Admitted(Recognition known, Object client, MultiMap headers, Buffer body) {

    public Caller caller() {
      return known.caller();
    }
  }

  /** Admits a request and starts its timeout. */
  public Future<Admitted> admit(
      RoutingContext context, OperationRoute route, RouteTable.Match match) {
    return admit(context, route, match, client -> {});
  }

  /**
   * Admits a request and starts its timeout.
   *
   * @param assign takes what the request needs for its client before the body is read, or throws to
   *     reject the request
   */
  public Future<Admitted> admit(
      RoutingContext context,
      OperationRoute route,
      RouteTable.Match match,
      Consumer<Object> assign) {
    var request = context.request();
    var exchange = HttpExchange.of(context);
    exchange.startTimeout(limits.request(), CommonError.UNAVAILABLE);
    Parameters.generate(route, request);
    RequestBody.check(request, route.operation(), limits.bodyBytes());
    var body = RequestBody.pause(request, route.operation(), limits.bodyBytes());
    if (!body.isWhole()) {
      context.addEndHandler(ended -> body.release());
    }
    return recognize(route.operation(), request)
        .compose(
            known -> {
              exchange.line().client(known.caller());
              var client = rates.recognize(context, known.caller());
              Authorization.authorize(known.caller(), route.operation());
              assign.accept(client);
              var headers = Parameters.read(route, match.values(), request);
              describe(exchange, headers);
              if (route.dependsOnCaller() && known.caller().isUser()) {
                Bearer.token(request.headers())
                    .ifPresent(token -> headers.set(BusHeaders.AUTHORIZATION, token));
              }
              if (route.operation().clientAddress()) {
                headers.set(BusHeaders.CLIENT, clientProof.sign(rates.address(context)));
              }
              return read(exchange, body, client)
                  .map(bytes -> new Admitted(known, client, headers, bytes));
            });
  }

  /** Fails if the token of an admitted request has since expired or been revoked. */
  public Future<Void> check(Admitted admitted) {
    return verify(admitted.headers().get(BusHeaders.AUTHORIZATION)).mapEmpty();
  }

  /** Identifies the caller; where no token is required, an invalid one is ignored. */
  private Future<Recognition> recognize(OperationDescription operation, HttpServerRequest request) {
    if (operation.authenticated()) {
      return verify(Bearer.token(request.headers()).orElse(null))
          .map(caller -> Recognition.of(caller.requireUser()));
    }
    try {
      return verifier.recognize(Bearer.token(request.headers()).orElse(null));
    } catch (ServiceException malformed) {
      return Future.succeededFuture(Recognition.anonymous(malformed));
    }
  }

  /** Completes on the event loop of the caller, even if another loop fetched the keys. */
  private Future<Caller> verify(String token) {
    var verified = verifier.verify(token);
    return verified.isComplete() ? verified : CallerContext.runOnCaller(vertx, verified);
  }

  private static void describe(HttpExchange exchange, MultiMap headers) {
    headers.set(BusHeaders.REQUEST_ID, exchange.requestId());
    headers.set(BusHeaders.TRACEPARENT, exchange.traceparent());
    if (exchange.line().isChosen()) {
      headers.set(BusHeaders.LOGGED, Boolean.toString(true));
    }
    headers.set(BusHeaders.PARAMETERS, BusHeaders.PARAMETERS_AS_HEADERS);
  }

  private Future<Buffer> read(HttpExchange exchange, RequestBody body, Object client) {
    var budget = bodies.of(client);
    if (body.isWhole()) {
      return body.read(budget);
    }
    exchange.startTimeout(limits.body(), HttpError.REQUEST_TIMEOUT);
    return body.read(budget)
        .onSuccess(whole -> exchange.startTimeout(limits.request(), CommonError.UNAVAILABLE));
  }
}
