package org.tradepost.gateway.docs;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tradepost.gateway.asyncapi.AsyncApiMerge;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.Document;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.http.Problems;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.PathOwnership;
import org.tradepost.gateway.routing.ServiceRegistry;

/**
 * Serves the gateway's own documents: the API documents, the page that shows them, and the pages
 * that explain problems.
 */
public final class Documents implements Handler<RoutingContext> {

  private static final String REVALIDATE = "no-cache";

  /** Swagger UI sets inline styles and embeds icons as data URLs; it needs nothing else. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  /** The documents that are merged from API descriptions, by path. */
  private final Map<String, MergedDocument<Document>> merged;

  private final MergedDocument<Map<String, Document>> problemPages;
  private final DocsPage page;

  public Documents(ServiceRegistry registry, DocsPage page) {
    this.merged =
        Map.of(
            "/openapi.json",
            new MergedDocument<>(
                registry, all -> Document.json(OpenApiMerge.merge(all)).compressed()),
            "/openapi.yaml",
            new MergedDocument<>(
                registry, all -> Document.yaml(OpenApiMerge.merge(all)).compressed()),
            "/asyncapi.json",
            new MergedDocument<>(
                registry, all -> Document.json(AsyncApiMerge.merge(all)).compressed()));
    this.problemPages = new MergedDocument<>(registry, ProblemPages::of);
    this.page = page;
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.request().path();
    if (!PathOwnership.isOwn(path)) {
      context.next();
    } else {
      HttpExchange.of(context).line().route(PathOwnership.ownPrefix(path));
      AllowedMethods.serve(find(context.vertx(), path), context);
    }
  }

  /** Returns what sends the document at a path; fails if there is none. */
  private Future<Consumer<RoutingContext>> find(Vertx vertx, String path) {
    return switch (path) {
      // Not permanent: another program may use this address tomorrow.
      case "/" -> Future.succeededFuture(context -> redirect(context, 303));
      case "/docs/" -> Future.succeededFuture(context -> redirect(context, 308));
      case "/docs" -> Future.succeededFuture(page(page.index(), REVALIDATE));
      case "/docs/start.js" -> Future.succeededFuture(page(page.start(), REVALIDATE));
      default -> findDocument(vertx, path);
    };
  }

  private static void redirect(RoutingContext context, int status) {
    context.response().setStatusCode(status).putHeader(HttpHeaders.LOCATION, "/docs").end();
  }

  private Future<Consumer<RoutingContext>> findDocument(Vertx vertx, String path) {
    if (merged.containsKey(path)) {
      return merged.get(path).get(vertx).map(found -> context -> found.send(context, REVALIDATE));
    }
    if (path.startsWith(Problem.PATH)) {
      return problemPages
          .get(vertx)
          .map(pages -> Optional.ofNullable(pages.get(path)).orElseThrow(Problems::nothingAtPath))
          .map(found -> page(found, REVALIDATE));
    }
    return page.asset(path).map(asset -> page(asset, "public, max-age=31536000, immutable"));
  }

  private static Consumer<RoutingContext> page(Document document, String cacheControl) {
    return context -> {
      context
          .response()
          .putHeader("Content-Security-Policy", PAGE_POLICY)
          .putHeader("Referrer-Policy", "no-referrer");
      document.send(context, cacheControl);
    };
  }
}
