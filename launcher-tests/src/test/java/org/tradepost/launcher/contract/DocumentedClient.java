package org.tradepost.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** A client that checks every response against the document, whatever the request is. */
final class DocumentedClient {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final RestClient client;
  private final RestDocument document;

  DocumentedClient(URI base, RestDocument document) {
    this.client = new RestClient(base);
    this.document = document;
  }

  /**
   * Sends a request, and retries it as told while Tradepost is overloaded.
   *
   * @param body null for none
   * @param headers names and values in turn
   */
  RestResponse send(String method, String target, String body, String... headers) {
    var fields = new HashMap<String, String>();
    for (var i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], headers[i + 1]);
    }
    var content = body == null ? "" : body;
    var request = new RestRequest(method, target, fields, content, TIMEOUT);
    return checked(
        method,
        target,
        client.sendRepeatedly(request, (answer, seconds) -> checked(method, target, answer)));
  }

  /**
   * Sends a request that no HTTP client would send.
   *
   * @param version the HTTP version
   * @param lines more header lines, each with its CRLF
   */
  RestResponse raw(String method, String target, String version, String lines) {
    var head = "%s %s %s\r\nHost: a\r\n%s\r\n".formatted(method, target, version, lines);
    try (var socket = new Socket(client.base().getHost(), client.base().getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var heard = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var end = heard.indexOf("\r\n\r\n");
      var fields = new HashMap<String, List<String>>();
      heard
          .substring(0, end)
          .lines()
          .skip(1)
          .map(line -> line.split(": ", 2))
          .forEach(field -> fields.put(field[0], List.of(field[1])));
      var status = Integer.parseInt(heard.substring(9, 12));
      var headers = HttpHeaders.of(fields, (name, value) -> true);
      return checked(method, target, new RestResponse(status, headers, heard.substring(end + 4)));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + target, e);
    }
  }

  private RestResponse checked(String method, String target, RestResponse answer) {
    assertThat(document.faults(method, target, answer)).as("%s %s", method, target).isEmpty();
    return answer;
  }
}
