package org.tradepost.launcher.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the REST API as any client would. */
public final class RestClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than the gateway's own timeout, so that its response is seen. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI base;

  public RestClient(URI base) {
    this.base = base;
  }

  /** The address that paths are appended to. */
  public URI base() {
    return base;
  }

  /**
   * Sends {@code request} once.
   *
   * @throws NoAnswer if none came
   */
  public RestResponse send(RestRequest request) {
    try {
      HttpResponse<String> response = http.send(asHttp(request), BodyHandlers.ofString());
      return new RestResponse(response.statusCode(), response.headers(), parse(response.body()));
    } catch (IOException e) {
      throw new NoAnswer(
          "No response from %s to %s %s: %s"
              .formatted(base, request.method(), request.path(), reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("Interrupted while waiting for " + base, e);
    }
  }

  private HttpRequest asHttp(RestRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + request.path())).timeout(ANSWER_TIMEOUT);
    request.headers().forEach(builder::header);
    if (request.body().isMissingNode()) {
      return builder.method(request.method(), BodyPublishers.noBody()).build();
    }
    return builder
        .header("content-type", "application/json")
        .method(request.method(), BodyPublishers.ofString(request.body().toString()))
        .build();
  }

  private JsonNode parse(String body) {
    if (body.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(body);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof java.net.ConnectException) {
      return "nothing listens there; is Tradepost running?";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** No response came: the request may or may not have been carried out. */
  public static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
