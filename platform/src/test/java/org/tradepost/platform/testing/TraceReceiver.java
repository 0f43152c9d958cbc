package org.tradepost.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Loopback;

/** Receives spans over OTLP/HTTP, as a collector does, until it is killed or frozen. */
public final class TraceReceiver implements AutoCloseable {

  private static final int MAX_BACKLOG = 50;

  private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> zipkinSpans = new ConcurrentLinkedQueue<>();
  private final int port;
  private HttpServer server;
  private ServerSocket frozen;

  public TraceReceiver() {
    serve(0);
    port = server.getAddress().getPort();
  }

  private void serve(int at) {
    try {
      server = HttpServer.create(new InetSocketAddress(loopback(), at), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::receive);
    server.createContext("/api/v2/spans", this::receiveZipkin);
    server.start();
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName(Loopback.ADDRESS);
  }

  private void receive(HttpExchange exchange) throws IOException {
    var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
    for (var resource : request.getResourceSpansList()) {
      var attributes = ReceivedSpan.attributes(resource.getResource().getAttributesList());
      for (var scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(new ReceivedSpan(attributes, span)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void receiveZipkin(HttpExchange exchange) throws IOException {
    var body = Buffer.buffer(exchange.getRequestBody().readAllBytes());
    WireJson.read(body, JsonNode.class).forEach(zipkinSpans::add);
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  /** The URL that receives spans in Zipkin's format. */
  public String zipkin() {
    return "http://" + Loopback.hostAndPort(port) + "/api/v2/spans";
  }

  /** All spans received there. */
  public List<JsonNode> zipkinSpans() {
    return List.copyOf(zipkinSpans);
  }

  /** The settings of a node that sends spans here with little delay. */
  public Map<String, String> settings() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://" + Loopback.hostAndPort(port),
        "OTEL_BSP_SCHEDULE_DELAY",
        "100");
  }

  /** All spans received. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** Waits for the first span that matches. */
  public ReceivedSpan await(String what, Predicate<ReceivedSpan> wanted) {
    return Awaitility.await(what)
        .until(() -> spans.stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** Stops listening. */
  public void kill() {
    server.stop(0);
  }

  /** Accepts connections from now on, but answers nothing. */
  public void freeze() {
    try {
      frozen = new ServerSocket(port, MAX_BACKLOG, loopback());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Receives again. */
  public void restart() {
    try {
      frozen.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve(port);
  }

  /** Stops, and fails if a received span contains a secret. */
  @Override
  public void close() {
    kill();
    spans.forEach(span -> SecretScan.requireNone("a span", span.text()));
    zipkinSpans.forEach(span -> SecretScan.requireNone("a span", span.toString()));
  }
}
