package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tradepost.launcher.rest.RestResponse;

/** A client that holds every answer against the document, whatever was asked. */
final class DocumentedClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RestDocument document;
  private final URI base;

  DocumentedClient(URI base, RestDocument document) {
    this.base = base;
    this.document = document;
  }

  /**
   * Sends a request.
   *
   * @param body null for none
   * @param headers names and values in turn
   */
  RestResponse send(String method, String target, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return checked(
          method,
          target,
          new RestResponse(response.statusCode(), response.headers(), parse(response.body())));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + target, e);
    }
  }

  /**
   * Sends what no client would.
   *
   * @param version of HTTP
   * @param lines of the head, each with its end
   */
  RestResponse raw(String method, String target, String version, String lines) {
    String head = "%s %s %s\r\nHost: a\r\n%s\r\n".formatted(method, target, version, lines);
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String heard = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = heard.indexOf("\r\n\r\n");
      Map<String, List<String>> fields = new HashMap<>();
      heard
          .substring(0, end)
          .lines()
          .skip(1)
          .map(line -> line.split(": ", 2))
          .forEach(field -> fields.put(field[0], List.of(field[1])));
      int status = Integer.parseInt(heard.substring(9, 12));
      HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
      return checked(
          method, target, new RestResponse(status, headers, parse(heard.substring(end + 4))));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + target, e);
    }
  }

  private RestResponse checked(String method, String target, RestResponse answer) {
    assertThat(document.faults(method, target, answer)).as("%s %s", method, target).isEmpty();
    return answer;
  }

  private static JsonNode parse(String body) {
    if (body.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(body);
    }
  }
}
