package org.tradepost.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.benchmarks.machine.MeasurementFailure;

/** Prepares over HTTP what is measured; nothing here is measured itself. */
public final class BenchmarkClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  public BenchmarkClient(int port) {
    this.base = URI.create("http://" + LoopbackAddress.place(port));
  }

  /** Whether a read gets 200. */
  public boolean answers(String path) {
    try {
      return http.send(get(path).build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (ConnectException refused) {
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The bytes of a read. */
  public byte[] read(String path, String token) {
    try {
      HttpRequest.Builder request = get(path);
      if (!token.isEmpty()) {
        request.header("authorization", "Bearer " + token);
      }
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new MeasurementFailure(
            String.format(Locale.ROOT, "%s gets %d", path, response.statusCode()));
      }
      return response.body();
    } catch (IOException e) {
      throw new MeasurementFailure(path + " does not respond: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The JSON of a read. */
  public JsonNode json(String path) {
    try {
      return MAPPER.readTree(read(path, ""));
    } catch (IOException e) {
      throw new MeasurementFailure(path + " does not respond with JSON.", e);
    }
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
  }

  /** Posts everything at once, and gives the answers in that order. */
  List<JsonNode> post(String path, String token, List<String> bodies, int expected) {
    return bodies.stream().map(body -> send(path, token, body, expected)).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private CompletableFuture<JsonNode> send(String path, String token, String body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(response -> parse(path, response, expected));
  }

  private static JsonNode parse(String path, HttpResponse<String> response, int expected) {
    if (response.statusCode() != expected) {
      throw new MeasurementFailure(
          String.format(
              Locale.ROOT, "%s gets %d %s", path, response.statusCode(), response.body()));
    }
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new MeasurementFailure(path + " does not respond with JSON.", e);
    }
  }

  private static MeasurementFailure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new MeasurementFailure("Interrupted.", cause);
  }
}
