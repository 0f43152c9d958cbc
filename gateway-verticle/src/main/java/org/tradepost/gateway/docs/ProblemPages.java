package org.tradepost.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tradepost.gateway.http.Document;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.openapi.KnownProblems;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.ApiDescription;

/** The pages at the addresses in the {@code type} of problems, which explain what to do. */
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

  private ProblemPages() {}

  /** Returns the pages for the problems of services and of the gateway itself, by path. */
  static Map<String, Document> of(Collection<ApiDescription> services) {
    var all = new ArrayList<>(services);
    all.add(GatewayDescription.DESCRIPTION);
    var problems = new KnownProblems(all);
    var pages = new HashMap<String, Document>();
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
    pages.put(Problem.PATH, page("Problems", list.append("</dl>").toString()));
    return pages;
  }

  private static Document page(String title, String content) {
    return Document.html(FRAME.formatted(title, content));
  }

  private static Document page(String code, JsonNode problem) {
    return page(
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
}
