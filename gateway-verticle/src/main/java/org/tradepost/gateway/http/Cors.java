package org.tradepost.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;

/**
 * Lets pages of the configured origins use the API. Pages of the gateway's own origin need no
 * permission.
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
    // Every response depends on the origin, or on its absence.
    context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    var headers = context.request().headers();
    var origin = headers.get(HttpHeaders.ORIGIN);
    var host = headers.get(HttpHeaders.HOST);
    // Browsers send the origin with every write, even to the page's own origin.
    if (origin != null && origin.endsWith("://" + host)) {
      context.next();
    } else {
      handler.handle(context);
    }
  }
}
