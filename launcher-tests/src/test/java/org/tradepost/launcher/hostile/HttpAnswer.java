package org.tradepost.launcher.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came back for a request: header names are in lower case. */
record HttpAnswer(int status, Map<String, List<String>> headers, String body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN = 1_000;

  HttpAnswer {
    headers = new TreeMap<>(headers);
  }

  /** The first value of a header, or an empty text. */
  String header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The media type without its parameters. */
  String mediaType() {
    return header("content-type").split(";", 2)[0].strip();
  }

  /** The body as JSON, missing if it is none. */
  JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public String toString() {
    String shown = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + " ...";
    return status + " " + headers + " " + shown;
  }
}
