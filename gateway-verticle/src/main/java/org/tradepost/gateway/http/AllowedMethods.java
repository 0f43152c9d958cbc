package org.tradepost.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.connection.HttpError;

/**
 * The HTTP methods of a path: its own, {@code OPTIONS}, and {@code HEAD} where it has {@code GET}.
 */
public final class AllowedMethods {

  private AllowedMethods() {}

  /**
   * Chooses by the method of a request.
   *
   * @param methods the choices, by HTTP method
   * @return empty if the request was answered here, as {@code OPTIONS} is
   * @throws ServiceException {@code METHOD_NOT_ALLOWED}
   */
  public static <T> Optional<T> choose(Map<String, T> methods, HttpServerRequest request) {
    var method = request.method().name();
    var chosen = methods.get(method);
    if (chosen == null && method.equals("HEAD")) {
      chosen = methods.get("GET");
    }
    if (chosen == null) {
      request.response().putHeader(HttpHeaders.ALLOW, header(methods.keySet()));
      if (!method.equals("OPTIONS")) {
        throw new ServiceException(HttpError.METHOD_NOT_ALLOWED);
      }
      request.response().setStatusCode(204).end();
    }
    return Optional.ofNullable(chosen);
  }

  /**
   * Serves a document. If it does not exist, every method gets the same error.
   *
   * @param document sends the document; fails if there is none
   */
  public static void serve(Future<Consumer<RoutingContext>> document, RoutingContext context) {
    document
        .map(send -> choose(Map.of("GET", send), context.request()))
        .onSuccess(chosen -> chosen.ifPresent(send -> send.accept(context)))
        .onFailure(context::fail);
  }

  /** Returns the header field {@code Allow} of a path with these methods. */
  public static String header(Set<String> methods) {
    var allowed = new TreeSet<>(methods);
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
  }
}
