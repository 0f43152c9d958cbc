package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.face.FaceOperation;
import org.tradepost.gateway.Admission.Admitted;

/** The way of every request that is for a service: find the operation, admit, call and answer. */
final class Operations implements Handler<RoutingContext> {

  private final Faces faces;
  private final Admission admission;
  private final Calls calls;

  Operations(Faces faces, Admission admission, Calls calls) {
    this.faces = faces;
    this.admission = admission;
    this.calls = calls;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var place = faces.mounted().routes().find(request.path());
    if (place == null) {
      throw new ServiceException(ErrorCode.NOT_FOUND, "There is nothing at this path");
    }
    var mount = Admission.mount(place.methods(), request);
    if (mount != null) {
      if (!mayBeRemembered(mount.operation(), request.headers())) {
        calls.requireRoom(mount);
      }
      admission
          .admit(context, mount, place)
          .compose(admitted -> reply(context, mount, admitted))
          .onSuccess(reply -> Answers.write(context, mount.operation(), reply))
          .onFailure(context::fail);
    }
  }

  private Future<Reply> reply(RoutingContext context, Mount mount, Admitted admitted) {
    var operation = mount.operation();
    var response = context.response();
    if (isCached(operation)) {
      // Who shows a token may get to see more.
      response.headers().add(HttpHeaders.VARY, "Authorization");
    }
    if (mayBeRemembered(operation, context.request().headers())) {
      return calls
          .callOrRemember(mount, admitted.headers())
          .onSuccess(reply -> Answers.allowCaching(response, operation.cacheSeconds(), reply));
    }
    return calls.call(
        mount,
        operation.bodyTypes().isEmpty() ? Buffer.buffer() : admitted.body(),
        admitted.headers());
  }

  private static boolean isCached(FaceOperation operation) {
    return operation.cacheSeconds() > 0 && operation.method().equals("GET");
  }

  private static boolean mayBeRemembered(FaceOperation operation, MultiMap headers) {
    return isCached(operation)
        && !operation.authenticated()
        && !headers.contains(HttpHeaders.AUTHORIZATION);
  }
}
