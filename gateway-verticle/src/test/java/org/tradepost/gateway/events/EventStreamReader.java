package org.tradepost.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Loopback;

/** Reads Server-Sent Events as a browser does: it remembers the last id. */
public final class EventStreamReader implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Message CLEAN_END = new Message("end", null);
  private static final Message BROKEN_OFF = new Message("broken", null);

  private final InputStream body;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** The id of the last message that was returned. */
  String lastId;

  /**
   * A message.
   *
   * @param data null if it has no event
   */
  public record Message(String id, JsonNode data) {
    boolean isEnd() {
      return equals(CLEAN_END) || equals(BROKEN_OFF);
    }
  }

  private EventStreamReader(InputStream body) {
    this.body = body;
    var thread = new Thread(this::read, "events");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a stream; fails if it does not begin. */
  public static EventStreamReader open(int port, String query, String... headers) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(Loopback.url(port) + "/v1/events/stream" + query))
              .headers(headers)
              .build();
      var response = CLIENT.send(request, BodyHandlers.ofInputStream());
      var type = response.headers().firstValue("content-type").orElse("");
      if (response.statusCode() != 200 || !type.equals("text/event-stream")) {
        throw new AssertionError("no stream: " + response.statusCode() + " " + type);
      }
      return new EventStreamReader(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String id = null;
      JsonNode data = null;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          data = WireJson.read(line.substring("data: ".length()), JsonNode.class);
        } else if (line.isEmpty() && id != null) {
          messages.add(new Message(id, data));
          id = null;
          data = null;
        }
      }
      messages.add(CLEAN_END);
    } catch (IOException | UncheckedIOException broken) {
      messages.add(BROKEN_OFF);
    }
  }

  /** Returns the next message, with or without an event. */
  public Message next() {
    try {
      var message = messages.poll(60, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing came within 60 seconds");
      }
      if (!message.isEnd()) {
        lastId = message.id();
      }
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the type of the next event, or how the stream ended. */
  String type() {
    var message = next();
    while (message.data() == null && !message.isEnd()) {
      message = next();
    }
    return message.data() == null ? message.id() : message.data().path("type").asText();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
