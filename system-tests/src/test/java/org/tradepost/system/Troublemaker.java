package org.tradepost.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.sql.Cursor;

/** One account that sends expensive or malicious requests, fifty times a second. */
final class Troublemaker implements AutoCloseable {

  private static final int PER_SECOND = 50;

  /** More than two gateways allow. */
  private static final int STREAMS = 1_100;

  /** How many are opened with each request, so that all are open after some seconds. */
  private static final int STREAMS_AT_ONCE = 5;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private final String token;
  private final List<String> paths;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<HttpResponse<InputStream>>> streams =
      new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Boolean>> answers = new ConcurrentLinkedQueue<>();
  private volatile boolean rejected;
  private int sent;

  Troublemaker(String url, String token) {
    this.url = url;
    this.token = token;
    this.paths = List.of(outOfRange(token), "/v1/products?q=brass+or+lamp");
  }

  /** A cursor as the service makes it, except for a time that the database cannot store. */
  private static String outOfRange(String token) {
    var claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
    var customer = WireJson.read(claims, JsonNode.class).path("sub").asText();
    var listing = Cursor.listing("orders", customer, customer, null, null, null);
    var keys = List.of("+294277-01-01T00:00:00Z", UUID.randomUUID().toString());
    return "/v1/orders?cursor=" + Cursor.write(listing, keys);
  }

  /** Starts to send, and to open streams of events until one is rejected. */
  void start() {
    var unused =
        clock.scheduleAtFixedRate(this::sendNext, 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
  }

  private void sendNext() {
    var request = request(url + paths.get(sent++ % paths.size()), token);
    answers.add(
        HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .handle((answer, failure) -> failure == null && answer.statusCode() == 500));
    for (var i = 0; i < STREAMS_AT_ONCE && !rejected && streams.size() < STREAMS; i++) {
      streams.add(open(url, token).thenApply(this::noticeRejection));
    }
  }

  private HttpResponse<InputStream> noticeRejection(HttpResponse<InputStream> stream) {
    rejected = rejected || stream.statusCode() != 200;
    return stream;
  }

  /** How many requests got a response of 500. */
  long faults() {
    return answers.stream().filter(CompletableFuture::join).count();
  }

  /** The status of the response to a customer who opens a stream of events; 0 for none. */
  static int openStream(String url, String token) {
    return open(url, token).thenApply(Troublemaker::close).exceptionally(noReply -> 0).join();
  }

  private static CompletableFuture<HttpResponse<InputStream>> open(String url, String token) {
    var request = request(url + "/v1/events/stream", token);
    return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static HttpRequest request(String uri, String token) {
    return HttpRequest.newBuilder(URI.create(uri))
        .timeout(Duration.ofSeconds(5))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private static int close(HttpResponse<InputStream> stream) {
    try {
      stream.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stream.statusCode();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    // Streams that are still being opened are closed once they are open.
    var unused = streams.stream().map(stream -> stream.thenApply(Troublemaker::close)).toList();
  }
}
