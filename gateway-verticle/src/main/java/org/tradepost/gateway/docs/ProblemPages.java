package org.tradepost.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.http.Problem;
import org.tradepost.gateway.routing.SharedComponents;

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

  private final JsonNode advice = SharedComponents.yaml("/docs/problems.yaml");
  private final Map<ErrorCode, Page> pages = new EnumMap<>(ErrorCode.class);
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

  ProblemPages() {
    var list = new StringBuilder("<h1>Problems</h1>\n<dl>\n");
    for (var code : ErrorCode.values()) {
      pages.put(code, page(code));
      list.append(
          "<dt><a href=\"%s/%s\">%s</a> (%s)</dt><dd>%s.</dd>\n"
              .formatted(Problem.PATH, code, code, code.status(), escape(code.title())));
    }
    this.index = Page.of("Problems", list.append("</dl>").toString());
  }

  private Page page(ErrorCode code) {
    var said = advice.path(code.name());
    return Page.of(
        code.name(),
        "<h1>%s</h1>\n<p><strong>%s.</strong> HTTP status %s.</p>\n<h2>What happened</h2>\n<p>%s</p>\n<h2>What to do</h2>\n<p>%s</p>"
            .formatted(
                code,
                escape(code.title()),
                code.status(),
                escape(said.path("happened").asText()),
                escape(said.path("remedy").asText())));
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
    return pages.entrySet().stream()
        .filter(page -> path.equals(Problem.address(page.getKey().name())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> new ServiceException(ErrorCode.NOT_FOUND, "There is nothing at this path"));
  }
}
