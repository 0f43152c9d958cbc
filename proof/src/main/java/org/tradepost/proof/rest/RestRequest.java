package org.tradepost.proof.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tradepost.common.json.WireJson;

/**
 * A request to the REST API, before it is sent.
 *
 * @param path relative to the base address, with the query
 * @param content empty when there is none; JSON unless a header says otherwise
 * @param timeout after which the client gives up waiting
 */
public record RestRequest(
    String method, String path, Map<String, String> headers, String content, Duration timeout) {

  /** Longer than the gateway's own timeout, so that the gateway's response arrives first. */
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  public static RestRequest get(String path) {
    return of("GET", path);
  }

  /** A request without a body. */
  public static RestRequest of(String method, String path) {
    return new RestRequest(method, path, Map.of(), "", TIMEOUT);
  }

  public static RestRequest post(String path, Object body) {
    return of("POST", path).withBody(body);
  }

  /** A login, whose response has the field {@code access_token}. */
  public static RestRequest logIn(String email, String password) {
    return post(
        "/v1/auth/login",
        JsonNodeFactory.instance.objectNode().put("email", email).put("password", password));
  }

  /** The same request with a body, which is written as JSON. */
  public RestRequest withBody(Object body) {
    return withContent(WireJson.writeText(body));
  }

  /** The same request with this body. */
  public RestRequest withContent(String other) {
    return new RestRequest(method, path, headers, other, timeout);
  }

  /** The same request on behalf of the bearer of {@code token}. */
  public RestRequest as(String token) {
    return with("authorization", "Bearer " + token);
  }

  /** The same request with one more header. */
  public RestRequest with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new RestRequest(method, path, more, content, timeout);
  }

  /** The same request with another timeout. */
  public RestRequest within(Duration other) {
    return new RestRequest(method, path, headers, content, other);
  }

  /** The body as JSON; missing when there is none. */
  public JsonNode body() {
    return RestResponse.parse(content);
  }
}
