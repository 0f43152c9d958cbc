package org.tradepost.gateway.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.CallerContext;
import org.tradepost.gateway.http.Document;
import org.tradepost.gateway.http.Problems;

/**
 * Serves the console at {@code /console}. Its files are public; the data that they show comes from
 * the API, which checks the caller.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class ConsoleHandler implements Handler<RoutingContext> {

  private static final String PATH = "/console";

  /** Makes browsers revalidate a file each time, so that they see a new version at once. */
  private static final String REVALIDATE = "no-cache";

  /**
   * Allows nothing from other hosts, nothing inline, and no text as markup but the templates of
   * lit-html.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

  private final Map<String, Future<Optional<Document>>> files = new ConcurrentHashMap<>();

  @Override
  public void handle(RoutingContext context) {
    var path = context.request().path();
    if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
      context.next();
    } else {
      AllowedMethods.serve(find(context.vertx(), path), context);
    }
  }

  /** Returns what sends the file at a path; fails if there is none. */
  private Future<Consumer<RoutingContext>> find(Vertx vertx, String path) {
    if (path.equals(PATH)) {
      return Future.succeededFuture(ConsoleHandler::redirect);
    }
    var name = path.substring(PATH.length() + 1);
    return file(vertx, name.isEmpty() ? "index.html" : name)
        .map(document -> context -> send(context, document));
  }

  private static void redirect(RoutingContext context) {
    context.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, PATH + "/").end();
  }

  private Future<Document> file(Vertx vertx, String name) {
    var known = files.get(name);
    var read = known != null ? known : vertx.executeBlocking(() -> ConsoleFiles.read(name));
    return CallerContext.runOnCaller(vertx, read)
        .map(
            found -> {
              // Only existing names, so that clients cannot make the map grow.
              found.ifPresent(document -> files.putIfAbsent(name, read));
              return found.orElseThrow(Problems::nothingAtPath);
            });
  }

  private static void send(RoutingContext context, Document document) {
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    document.send(context, REVALIDATE);
  }
}
