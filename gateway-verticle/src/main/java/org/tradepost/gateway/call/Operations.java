package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.Admission.Admitted;
import org.tradepost.gateway.connection.RequestHead;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.Problems;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;
import org.tradepost.gateway.routing.ServiceRegistry;

/** Handles requests for services: finds the operation, admits the request, calls and responds. */
public final class Operations implements Handler<RoutingContext> {

  private final ServiceRegistry registry;
  private final Admission admission;
  private final ServiceLimits limits;
  private final RoutedCall calls;

  public Operations(
      ServiceRegistry registry, Admission admission, ServiceLimits limits, RoutedCall calls) {
    this.registry = registry;
    this.admission = admission;
    this.limits = limits;
    this.calls = calls;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    if (RequestHead.isAboutWholeServer(request)) {
      context.response().putHeader(HttpHeaders.ALLOW, registry.snapshot().methods());
      context.response().setStatusCode(204).end();
      return;
    }
    var match =
        registry
            .snapshot()
            .routes()
            .match(request.path())
            .orElseThrow(() -> nothingAt(request.path()));
    HttpExchange.of(context).line().route(match.template());
    AllowedMethods.choose(match.methods(), request)
        .ifPresent(route -> serve(context, route, match));
  }

  private ServiceException nothingAt(String path) {
    return registry.mayBeUnknown(path)
        ? ServiceException.unavailable("The service of this path is not known yet")
        : Problems.nothingAtPath();
  }

  private void serve(RoutingContext context, OperationRoute route, RouteTable.Match match) {
    HttpExchange.of(context).setOperation(route.operation());
    if (route.isCached()) {
      // The response depends on the token: with a valid one, the caller may see more.
      context.response().headers().add(HttpHeaders.VARY, "Authorization");
    }
    (route.isCached() ? callCacheable(context, route, match) : call(context, route, match))
        .onSuccess(
            reply ->
                ResponseWriter.write(context, route.operation(), reply.headers(), reply.body()))
        .onFailure(context::fail);
  }

  /** Calls the service for a user; an anonymous caller may get a reply from the cache. */
  private Future<CachedReply> callCacheable(
      RoutingContext context, OperationRoute route, RouteTable.Match match) {
    return admission
        .admit(context, route, match)
        .compose(
            admitted ->
                admitted.caller().isUser()
                    ? calls.callFor(route, admitted.client(), admitted.headers())
                    : callThroughCache(context, route, admitted));
  }

  private Future<CachedReply> callThroughCache(
      RoutingContext context, OperationRoute route, Admitted admitted) {
    var seconds = route.operation().cacheSeconds();
    return calls
        .callThroughCache(route, admitted.client(), admitted.headers())
        .onSuccess(
            reply -> ResponseWriter.allowCaching(context.response(), seconds, reply.ageMillis()))
        .recover(rejection -> Future.failedFuture(admitted.known().explain(rejection)));
  }

  /** Takes a permit before any work is done for the request, and keeps it for the call. */
  private Future<CachedReply> call(
      RoutingContext context, OperationRoute route, RouteTable.Match match) {
    var permit = limits.permit(route);
    context.addEndHandler(ended -> permit.giveBack());
    return admission
        .admit(context, route, match, client -> limits.assign(route, permit, client))
        .compose(
            admitted ->
                calls
                    .call(route, permit, admitted.body(), admitted.headers())
                    .recover(rejection -> Future.failedFuture(admitted.known().explain(rejection))))
        // The end handler does not run again if the request ended before its client was known.
        .onFailure(rejected -> permit.giveBack());
  }
}
