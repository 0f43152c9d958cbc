package org.tradepost.launcher.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A reader of the event stream whose connection breaks, and that resumes with the last id. */
final class CutStream {
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI stream;
  private final String token;
  private final List<JsonNode> events = new ArrayList<>();
  private String lastId = "";

  CutStream(URI base, String token) {
    this.stream = base.resolve("/v1/events/stream");
    this.token = token;
  }

  /** All events received so far, in order. */
  List<JsonNode> events() {
    return events;
  }

  /** Reads some lines, whatever they are, and then breaks the connection. */
  void read(int lines) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(stream)
            .header("authorization", "Bearer " + token)
            .header("last-event-id", lastId)
            .build();
    var response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("no stream: " + response.statusCode());
    }
    try (var reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      read(reader, lines);
    }
  }

  /** A message counts once the empty line after it has arrived. */
  private void read(BufferedReader reader, int lines) throws IOException {
    String id = null;
    JsonNode event = null;
    for (var i = 0; i < lines; i++) {
      var line = reader.readLine();
      if (line == null) {
        throw new AssertionError("the stream has ended");
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        event = mapper.readTree(line.substring("data: ".length()));
      } else if (line.isEmpty() && id != null) {
        lastId = id;
        if (event != null) {
          events.add(event);
        }
        id = null;
        event = null;
      }
    }
  }
}
