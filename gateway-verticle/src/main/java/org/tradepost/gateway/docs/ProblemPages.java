package org.tradepost.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.openapi.KnownProblems;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.ApiDescription;

/** The pages at the addresses that problems have for their {@code type}: what to do about each. */
final class ProblemPages {

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s - Tradepost API</title>
      </head>
      <body>
      %s
      <p><a href="/problems">All problems</a> · <a href="/docs">API</a></p>
      </body>
      </html>
      """;

  private final Map<String, Page> pages = new HashMap<>();
  private final Page index;

  /**
   * A page.
   *
   * @param html its bytes
   * @param etag equal for equal bytes
   */
  record Page(Buffer html, String etag) {
    private static Page of(String title, String content) {
      var html = Buffer.buffer(FRAME.formatted(title, content));
      return new Page(html, UUID.nameUUIDFromBytes(html.getBytes()).toString());
    }
  }

  private ProblemPages(KnownProblems problems) {
    var list = new StringBuilder("<h1>Problems</h1>\n<dl>\n");
    for (var code : problems.codes()) {
      var problem = problems.get(code);
      pages.put(Problem.address(code), page(code, problem));
      list.append(
          "<dt><a href=\"%s\">%s</a> (%s)</dt><dd>%s.</dd>\n"
              .formatted(
                  Problem.address(code),
                  code,
                  problem.path("status").asText(),
                  escape(problem.path("title").asText())));
    }
    this.index = Page.of("Problems", list.append("</dl>").toString());
  }

  /** The pages of the problems of services and of the gateway itself. */
  static ProblemPages of(Collection<ApiDescription> services) {
    var all = new ArrayList<>(services);
    all.add(GatewayDescription.DESCRIPTION);
    return new ProblemPages(new KnownProblems(all));
  }

  private static Page page(String code, JsonNode problem) {
    return Page.of(
        code,
        "<h1>%s</h1>\n<p><strong>%s.</strong> HTTP status %s.</p>\n<h2>What happened</h2>\n<p>%s</p>\n<h2>What to do</h2>\n<p>%s</p>"
            .formatted(
                code,
                escape(problem.path("title").asText()),
                problem.path("status").asText(),
                escape(problem.path("happened").asText()),
                escape(problem.path("remedy").asText())));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  /**
   * A page by its path.
   *
   * @throws ServiceException {@code NOT_FOUND}
   */
  Page at(String path) {
    if (path.equals(Problem.PATH)) {
      return index;
    }
    var page = pages.get(path);
    if (page == null) {
      throw new ServiceException(CommonError.NOT_FOUND, "There is nothing at this path");
    }
    return page;
  }
}
