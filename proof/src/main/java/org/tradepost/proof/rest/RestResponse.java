package org.tradepost.proof.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpHeaders;
import org.tradepost.common.json.WireJson;

/**
 * A response of the REST API.
 *
 * @param content empty when there is none
 */
public record RestResponse(int status, HttpHeaders headers, String content) {

  /** The first value of a header, or an empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The body as JSON; missing when there is none, a text when it is not JSON. */
  public JsonNode body() {
    return parse(content);
  }

  /** The text at a JSON pointer of the body, or an empty text. */
  public String text(String pointer) {
    return body().at(pointer).asText("");
  }

  /** The number at a JSON pointer of the body, or -1. */
  public long number(String pointer) {
    return body().at(pointer).asLong(-1);
  }

  /** Whether the same request may succeed later. */
  boolean isRetryable() {
    return status == 429 || status == 503;
  }

  /** How many seconds to wait before the next attempt; 1 if the response does not say. */
  long retryAfterSeconds() {
    return Math.max(1, headers.firstValueAsLong("retry-after").orElse(1));
  }

  static JsonNode parse(String content) {
    if (content.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return WireJson.mapper().readTree(content);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(content);
    }
  }
}
