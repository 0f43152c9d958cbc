package org.tradepost.launcher.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to the REST API, before it is sent.
 *
 * @param path below the base address, with its query
 * @param body missing when there is none
 */
public record RestRequest(String method, String path, Map<String, String> headers, JsonNode body) {

  public static RestRequest get(String path) {
    return new RestRequest("GET", path, Map.of(), MissingNode.getInstance());
  }

  public static RestRequest post(String path, JsonNode body) {
    return new RestRequest("POST", path, Map.of(), body);
  }

  /** The same request on behalf of the bearer of {@code token}. */
  public RestRequest as(String token) {
    return with("authorization", "Bearer " + token);
  }

  /** The same request with one more header. */
  public RestRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new RestRequest(method, path, more, body);
  }
}
