package org.tradepost.launcher.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * A response of the REST API.
 *
 * @param body missing when there is none
 */
public record RestResponse(int status, HttpHeaders headers, JsonNode body) {

  /** The first value of a header, or an empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The text at a JSON pointer of the body, or an empty text. */
  public String text(String pointer) {
    return body.at(pointer).asText("");
  }

  /** The number at a JSON pointer of the body, or -1. */
  public long number(String pointer) {
    return body.at(pointer).asLong(-1);
  }
}
