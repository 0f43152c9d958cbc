package org.tradepost.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;

/**
 * Lets pages of other origins use the API, where the operator names them. Pages of the gateway's
 * own origin need no permission.
 */
public final class Cors implements Handler<RoutingContext> {

  private static final int PREFLIGHT_SECONDS = 600;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private final CorsHandler handler = CorsHandler.create();

  public Cors(List<String> origins) {
    handler.addOrigins(origins).exposedHeader("*").maxAgeSeconds(PREFLIGHT_SECONDS);
    METHODS.forEach(method -> handler.allowedMethod(HttpMethod.valueOf(method)));
  }

  @Override
  public void handle(RoutingContext context) {
    // Whatever the answer is, it is another one for another origin, or for none.
    context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    var headers = context.request().headers();
    var origin = headers.get(HttpHeaders.ORIGIN);
    var host = headers.get(HttpHeaders.HOST);
    // Browsers name the origin in every write, even to where the page came from.
    if (origin != null && origin.endsWith("://" + host)) {
      context.next();
    } else {
      handler.handle(context);
    }
  }
}
