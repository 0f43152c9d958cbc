package org.tradepost.platform.management;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.json.WireJson;

/**
 * Serves {@code DELETE /services/NAME} on a gateway's management port, for holders of the cluster
 * secret.
 */
final class ServiceRemoval {

  static final String PATH = "/services/";
  private static final String BEARER = "Bearer ";

  private final Function<String, Future<Void>> remove;
  private final TokenVerifier verifier;

  ServiceRemoval(Function<String, Future<Void>> remove, TokenVerifier verifier) {
    this.remove = remove;
    this.verifier = verifier;
  }

  void handle(HttpServerRequest request) {
    if (!HttpMethod.DELETE.equals(request.method())) {
      request.response().setStatusCode(405).putHeader("Allow", "DELETE").end();
      return;
    }
    verifier
        .verify(token(request))
        .map(Caller::requireService)
        .compose(caller -> remove.apply(request.path().substring(PATH.length())))
        .onSuccess(done -> request.response().setStatusCode(204).end())
        .onFailure(failure -> reject(request, failure));
  }

  private static String token(HttpServerRequest request) {
    var sent = request.getHeader("Authorization");
    return sent != null && sent.startsWith(BEARER) ? sent.substring(BEARER.length()) : null;
  }

  private static void reject(HttpServerRequest request, Throwable failure) {
    var rejection = ServiceException.of(failure).failure();
    request
        .response()
        .setStatusCode(rejection.status())
        .putHeader("Content-Type", "application/json")
        .end(WireJson.write(rejection));
  }
}
