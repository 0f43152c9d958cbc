package org.tradepost.gateway.docs;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.tradepost.gateway.asyncapi.AsyncApiDocument;
import org.tradepost.gateway.http.AcceptedCodings;
import org.tradepost.gateway.http.AllowedMethods;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.http.ResponseWriter;
import org.tradepost.gateway.openapi.ApiDocument;
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

  private final MergedDocument<ApiDocument> apiDocument;
  private final MergedDocument<AsyncApiDocument> busDocument;
  private final DocsPage page;
  private final MergedDocument<ProblemPages> problemPages;

  public Documents(ServiceRegistry registry, DocsPage page) {
    this.apiDocument = new MergedDocument<>(registry, ApiDocument::of);
    this.busDocument = new MergedDocument<>(registry, AsyncApiDocument::of);
    this.problemPages = new MergedDocument<>(registry, ProblemPages::of);
    this.page = page;
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.request().path();
    if (PathOwnership.OWN_PATHS.stream()
        .noneMatch(own -> path.equals(own) || path.startsWith(own + "/"))) {
      context.next();
    } else if (isRead(context)) {
      serve(context, path);
    }
  }

  private static boolean isRead(RoutingContext context) {
    return AllowedMethods.choose(Map.of("GET", true), context.request()) != null;
  }

  private void serve(RoutingContext context, String path) {
    switch (path) {
      case "/openapi.json", "/openapi.yaml" -> document(context, path.endsWith("json"));
      case "/asyncapi.json" -> busDocument(context);
      case "/" ->
          // Not for ever: another program may have this address tomorrow.
          context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/docs").end();
      case "/docs" -> asset(context, page.index(), REVALIDATE);
      case "/docs/" ->
          context.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, "/docs").end();
      case "/docs/start.js" -> asset(context, page.start(), REVALIDATE);
      default -> other(context, path);
    }
  }

  private void other(RoutingContext context, String path) {
    if (path.startsWith(Problem.PATH)) {
      problem(context, path);
    } else {
      page.asset(path)
          .onSuccess(asset -> asset(context, asset, "public, max-age=31536000, immutable"))
          .onFailure(context::fail);
    }
  }

  private void problem(RoutingContext context, String path) {
    problemPages
        .get(context.vertx())
        .map(pages -> pages.at(path))
        .onSuccess(
            found -> {
              describe(context, REVALIDATE);
              ResponseWriter.writeDocument(
                  context, DocsPage.HTML, "\"%s\"".formatted(found.etag()), found.html());
            })
        .onFailure(context::fail);
  }

  private void document(RoutingContext context, boolean json) {
    apiDocument
        .get(context.vertx())
        .onSuccess(
            document -> {
              context.response().putHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
              ResponseWriter.writeDocument(
                  context,
                  json ? "application/json" : "application/yaml",
                  "\"%s%s\"".formatted(document.etag(), json ? "" : "-yaml"),
                  json ? document.json() : document.yaml());
            })
        .onFailure(context::fail);
  }

  private void busDocument(RoutingContext context) {
    busDocument
        .get(context.vertx())
        .onSuccess(
            document -> {
              context.response().putHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
              ResponseWriter.writeDocument(
                  context,
                  "application/json",
                  "\"%s\"".formatted(document.etag()),
                  document.json());
            })
        .onFailure(context::fail);
  }

  private static void describe(RoutingContext context, String cacheControl) {
    context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
        .putHeader("Content-Security-Policy", PAGE_POLICY)
        .putHeader("Referrer-Policy", "no-referrer");
  }

  private static void asset(RoutingContext context, DocsPage.Asset asset, String cacheControl) {
    var accepted =
        new AcceptedCodings(context.request().headers().getAll(HttpHeaders.ACCEPT_ENCODING));
    var zipped = asset.gzip() != null && accepted.preferGzip();
    var response = context.response();
    describe(context, cacheControl);
    response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
    if (zipped) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    ResponseWriter.writeDocument(
        context,
        asset.type(),
        "\"%s%s\"".formatted(asset.etag(), zipped ? "-compressed" : ""),
        zipped ? asset.gzip() : asset.plain());
  }
}
