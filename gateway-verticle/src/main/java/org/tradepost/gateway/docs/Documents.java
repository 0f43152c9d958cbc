package org.tradepost.gateway.docs;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.tradepost.gateway.asyncapi.AsyncApiMerge;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.Document;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.PathOwnership;
import org.tradepost.gateway.routing.ServiceRegistry;

/**
 * Serves what the gateway itself has to say: its documents, the page that shows one, and those that
 * explain problems.
 */
public final class Documents implements Handler<RoutingContext> {

  private static final String REVALIDATE = "no-cache";

  /** Swagger UI sets styles from scripts and holds icons as data; it needs nothing else. */
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  /** Those that are merged from API descriptions, by path. */
  private final Map<String, MergedDocument<Document>> merged;

  private final MergedDocument<Map<String, Document>> problemPages;
  private final DocsPage page;

  public Documents(ServiceRegistry registry, DocsPage page) {
    this.merged =
        Map.of(
            "/openapi.json",
            new MergedDocument<>(registry, all -> Document.json(OpenApiMerge.merge(all))),
            "/openapi.yaml",
            new MergedDocument<>(registry, all -> Document.yaml(OpenApiMerge.merge(all))),
            "/asyncapi.json",
            new MergedDocument<>(registry, all -> Document.json(AsyncApiMerge.merge(all))));
    this.problemPages = new MergedDocument<>(registry, ProblemPages::of);
    this.page = page;
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.request().path();
    if (!PathOwnership.isOwn(path)) {
      context.next();
    } else {
      HttpExchange.of(context).line().route(PathOwnership.own(path));
      AllowedMethods.choose(Map.of("GET", path), context.request())
          .ifPresent(found -> serve(context, found));
    }
  }

  private void serve(RoutingContext context, String path) {
    switch (path) {
      // Not for ever: another program may have this address tomorrow.
      case "/" -> redirect(context, 303);
      case "/docs/" -> redirect(context, 308);
      case "/docs" -> sendPage(context, page.index(), REVALIDATE);
      case "/docs/start.js" -> sendPage(context, page.start(), REVALIDATE);
      default -> find(context, path);
    }
  }

  private static void redirect(RoutingContext context, int status) {
    context.response().setStatusCode(status).putHeader(HttpHeaders.LOCATION, "/docs").end();
  }

  private void find(RoutingContext context, String path) {
    var vertx = context.vertx();
    if (merged.containsKey(path)) {
      merged
          .get(path)
          .get(vertx)
          .onSuccess(document -> document.send(context, REVALIDATE))
          .onFailure(context::fail);
    } else if (path.startsWith(Problem.PATH)) {
      problemPages
          .get(vertx)
          .map(pages -> Optional.ofNullable(pages.get(path)).orElseThrow(DocsPage::nothing))
          .onSuccess(found -> sendPage(context, found, REVALIDATE))
          .onFailure(context::fail);
    } else {
      page.asset(path)
          .onSuccess(asset -> sendPage(context, asset, "public, max-age=31536000, immutable"))
          .onFailure(context::fail);
    }
  }

  private static void sendPage(RoutingContext context, Document document, String cacheControl) {
    context
        .response()
        .putHeader("Content-Security-Policy", PAGE_POLICY)
        .putHeader("Referrer-Policy", "no-referrer");
    document.send(context, cacheControl);
  }
}
