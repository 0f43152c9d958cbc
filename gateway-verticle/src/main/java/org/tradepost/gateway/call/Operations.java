package org.tradepost.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.Admission.Admitted;
import org.tradepost.gateway.connection.RequestHead;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.OperationRoute;
import org.tradepost.gateway.routing.RouteTable;
import org.tradepost.gateway.routing.ServiceRegistry;

/** The way of every request that is for a service: find the operation, admit, call and answer. */
public final class Operations implements Handler<RoutingContext> {

  private final ServiceRegistry faces;
  private final Admission admission;
  private final ServiceLimits limits;
  private final RoutedCall calls;

  public Operations(
      ServiceRegistry faces, Admission admission, ServiceLimits limits, RoutedCall calls) {
    this.faces = faces;
    this.admission = admission;
    this.limits = limits;
    this.calls = calls;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    if (RequestHead.isAboutWholeServer(request)) {
      context.response().putHeader(HttpHeaders.ALLOW, faces.mounted().methods());
      context.response().setStatusCode(204).end();
      return;
    }
    var place = faces.mounted().routes().find(request.path());
    if (place == null && faces.mayBeUnknown(request.path())) {
      throw ServiceException.unavailable("The service of this path is not known yet");
    }
    if (place == null) {
      throw new ServiceException(CommonError.NOT_FOUND, "There is nothing at this path");
    }
    var mount = AllowedMethods.choose(place.methods(), request);
    if (mount != null) {
      if (mount.isCached()) {
        // Who shows a good token may get to see more, and is answered by the service.
        context.response().headers().add(HttpHeaders.VARY, "Authorization");
      }
      var reply =
          mount.isCached() ? callOrRemember(context, mount, place) : call(context, mount, place);
      reply
          .onSuccess(
              said -> ResponseWriter.write(context, mount.operation(), said.headers(), said.body()))
          .onFailure(context::fail);
    }
  }

  /** A user is answered by the service; whoever is a stranger may get what another stranger got. */
  private Future<CachedReply> callOrRemember(
      RoutingContext context, OperationRoute mount, RouteTable.Place place) {
    return admission
        .admit(context, mount, place)
        .compose(
            admitted ->
                admitted.caller().isUser()
                    ? calls.callFor(mount, admitted.client(), admitted.headers())
                    : remembered(context, mount, admitted));
  }

  private Future<CachedReply> remembered(
      RoutingContext context, OperationRoute mount, Admitted admitted) {
    var seconds = mount.operation().cacheSeconds();
    return calls
        .callOrRemember(mount, admitted.client(), admitted.headers())
        .onSuccess(
            reply -> ResponseWriter.allowCaching(context.response(), seconds, reply.ageMillis()))
        .recover(refusal -> Future.failedFuture(admitted.known().explain(refusal)));
  }

  /** There must be room before anything is spent on the request, and it is kept for it. */
  private Future<CachedReply> call(
      RoutingContext context, OperationRoute mount, RouteTable.Place place) {
    var permit = limits.permit(mount);
    context.addEndHandler(ended -> permit.giveBack());
    var takesBody = !mount.operation().bodyTypes().isEmpty();
    return admission
        .admit(context, mount, place, client -> limits.claim(mount, permit, client))
        .compose(
            admitted ->
                calls
                    .call(
                        mount,
                        permit,
                        takesBody ? admitted.body() : Buffer.buffer(),
                        admitted.headers())
                    .recover(refusal -> Future.failedFuture(admitted.known().explain(refusal))))
        // The request may have ended before it was known whose it is.
        .onFailure(refused -> permit.giveBack());
  }
}
