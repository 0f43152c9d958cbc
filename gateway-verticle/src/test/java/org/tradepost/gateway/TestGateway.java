package org.tradepost.gateway;

import static org.tradepost.platform.testing.TestNode.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.netflix.concurrency.limits.limit.FixedLimit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.overload.ServiceLimit;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;

/** A gateway on a node, with a client for it. */
public final class TestGateway {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMinutes(1))
          .build();

  private static final long HEAP = Runtime.getRuntime().maxMemory();

  final GatewayVerticle verticle;
  final String id;
  private final ClusterNode node;

  private TestGateway(ClusterNode node, GatewayVerticle verticle) {
    this.node = node;
    this.verticle = verticle;
    this.id = await(node.vertx().deployVerticle(verticle));
  }

  public static TestGateway start(ClusterNode node, String... settings) {
    return new TestGateway(node, new GatewayVerticle(node, config(settings)));
  }

  /** Starts a gateway with a fixed limit of calls in flight to each service. */
  public static TestGateway withLimit(int calls, ClusterNode node, String... settings) {
    var config = config(settings);
    return new TestGateway(
        node, new GatewayVerticle(node, config, () -> FixedLimit.of(calls), HEAP));
  }

  /** Starts a gateway that assumes this maximum heap size. */
  public static TestGateway withHeap(long bytes, ClusterNode node, String... settings) {
    var config = config(settings);
    return new TestGateway(node, new GatewayVerticle(node, config, ServiceLimit::adaptive, bytes));
  }

  private static GatewayConfig config(String... settings) {
    var all = new HashMap<>(Map.of("TRADEPOST_HTTP_PORT", "0", "TRADEPOST_DRAIN_SECONDS", "0"));
    for (var i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return GatewayConfig.from(Settings.of(all));
  }

  public void stop() {
    await(node.vertx().undeploy(id));
  }

  public int port() {
    return verticle.port();
  }

  public Response get(String path, String... headers) {
    return sendBody("GET", path, BodyPublishers.noBody(), headers);
  }

  public Response send(String method, String path, String body, String... headers) {
    return sendBody(
        method,
        path,
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        headers);
  }

  public Response sendBody(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    try {
      return new Response(
          CLIENT.send(request(method, path, body, headers), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public CompletableFuture<Response> sendAsync(String method, String path, String... headers) {
    return CLIENT
        .sendAsync(request(method, path, BodyPublishers.noBody(), headers), BodyHandlers.ofString())
        .thenApply(Response::new);
  }

  /** Posts JSON. */
  public CompletableFuture<Response> postAsync(String path, String json, String authorization) {
    var request =
        request(
            "POST",
            path,
            BodyPublishers.ofString(json),
            "Authorization",
            authorization,
            "Content-Type",
            "application/json");
    return CLIENT.sendAsync(request, BodyHandlers.ofString()).thenApply(Response::new);
  }

  private HttpRequest request(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(Loopback.url(port()) + path))
            .timeout(Duration.ofMinutes(1))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** A response, with the accessors that tests need. */
  public record Response(HttpResponse<String> raw) {

    public int status() {
      return raw.statusCode();
    }

    public String header(String name) {
      return raw.headers().firstValue(name).orElse(null);
    }

    public String text() {
      return raw.body();
    }

    public JsonNode json() {
      return WireJson.read(raw.body(), JsonNode.class);
    }

    /** Returns the code of the problem; fails if the response is not a valid one. */
    public String code() {
      if (!"application/problem+json".equals(header("content-type"))) {
        throw new AssertionError("no problem: " + raw + " " + raw.body());
      }
      var problem = json();
      if (problem.path("status").asInt() != status()
          || !problem.path("requestId").asText().equals(header("x-request-id"))
          || !problem.path("type").asText().endsWith(problem.path("code").asText())) {
        throw new AssertionError("a wrong problem: " + raw + " " + problem);
      }
      return problem.path("code").asText();
    }
  }
}
