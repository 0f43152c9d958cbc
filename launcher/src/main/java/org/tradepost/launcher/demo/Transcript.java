package org.tradepost.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Prints requests and responses for a reader. */
public final class Transcript {
  private static final int INDENT = 3;
  private static final int SHOWN_TOKEN_LENGTH = 12;
  private static final int MAX_LIST_ITEMS = 3;
  private static final List<String> SHOWN_HEADERS =
      List.of(
          "location",
          "etag",
          "idempotency-key",
          "idempotency-replayed",
          "retry-after",
          "www-authenticate");

  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final Terminal terminal;

  public Transcript(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Starts the next step under a heading. */
  void heading(int number, String title) {
    terminal.print("");
    terminal.print(number + ". " + title);
  }

  void request(RestRequest request) {
    var headers =
        request.headers().entrySet().stream()
            .map(header -> header.getKey() + ": " + shortenedHeader(header) + "\n")
            .collect(Collectors.joining());
    terminal.printIndented(INDENT, "→ " + request.method() + " " + request.path());
    show(headers, request.body());
  }

  void answer(RestResponse answer) {
    var headers =
        SHOWN_HEADERS.stream()
            .filter(name -> !answer.header(name).isEmpty())
            .map(name -> name + ": " + answer.header(name) + "\n")
            .collect(Collectors.joining());
    terminal.printIndented(INDENT, "← " + answer.status());
    show(headers, answer.body());
  }

  /** Prints a remark between a request and its response. */
  void remark(String text) {
    terminal.printIndented(INDENT, "… " + text);
  }

  /** Prints whether an expectation held. */
  void verdict(boolean held, String expectation) {
    terminal.printIndented(INDENT, (held ? "✓ " : "✗ ") + expectation);
  }

  private void show(String headers, JsonNode body) {
    if (!headers.isEmpty()) {
      terminal.printIndented(INDENT + 2, headers);
    }
    if (!body.isMissingNode()) {
      terminal.printIndented(INDENT + 2, pretty(shortened(body)));
    }
  }

  private String pretty(JsonNode body) {
    try {
      return body.isTextual() ? body.asText() : mapper.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      return body.toString();
    }
  }

  private static JsonNode shortened(JsonNode body) {
    var copy = body.deepCopy();
    if (copy instanceof ObjectNode object) {
      shortenToken(object, "access_token");
      shortenToken(object, "refresh_token");
      if (object.get("items") instanceof ArrayNode items) {
        shortenList(items);
      }
    }
    return copy;
  }

  private static void shortenToken(ObjectNode object, String field) {
    if (object.hasNonNull(field)) {
      object.put(field, shortToken(object.get(field).asText()));
    }
  }

  private static void shortenList(ArrayNode items) {
    var more = items.size() - MAX_LIST_ITEMS;
    while (items.size() > MAX_LIST_ITEMS) {
      items.remove(MAX_LIST_ITEMS);
    }
    if (more > 0) {
      items.add("... and " + more + " more");
    }
  }

  private static String shortenedHeader(Map.Entry<String, String> header) {
    var bearer = "Bearer ";
    return header.getValue().startsWith(bearer)
        ? bearer + shortToken(header.getValue().substring(bearer.length()))
        : header.getValue();
  }

  private static String shortToken(String token) {
    return token.length() <= SHOWN_TOKEN_LENGTH
        ? token
        : String.format(
            Locale.ROOT,
            "%s... (%d characters)",
            token.substring(0, SHOWN_TOKEN_LENGTH),
            token.length());
  }
}
