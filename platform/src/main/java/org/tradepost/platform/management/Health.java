package org.tradepost.platform.management;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.platform.config.ListeningPort;
import org.tradepost.platform.telemetry.metrics.MetricNames;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.metrics.MetricsPage;

/**
 * Serves a node's management port: its health at {@code /health/live} and {@code /health/ready},
 * the cluster at {@code /topology}, and its metrics at {@code /metrics}.
 */
public final class Health {

  private static final int IDLE_SECONDS = 30;

  private final Vertx vertx;
  private final Metrics metrics;
  private final MetricsPage metricsPage;
  private final HealthChecks checks;
  private HttpServer server;
  private Supplier<Future<Buffer>> topology;
  private final Map<String, Supplier<Optional<String>>> required = new ConcurrentSkipListMap<>();
  private ServiceRemoval removal;
  private volatile boolean stopping;

  public Health(Vertx vertx, Metrics metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.metricsPage = new MetricsPage(vertx, metrics);
    this.checks = HealthChecks.create(vertx);
  }

  /**
   * Makes the node unready while {@code trouble} is present. It is read for every request, so it
   * must be known already: it must not wait for another node or a server.
   */
  public void require(String name, Supplier<Optional<String>> trouble) {
    required.put(name, trouble);
    metrics.gauge(
        MetricNames.CONDITION,
        "Whether the node has what it needs to be ready",
        Tags.of("condition", name),
        () -> trouble.get().isPresent() ? 0 : 1);
    checks.register(
        name,
        promise ->
            promise.complete(
                trouble
                    .get()
                    .map(reason -> Status.KO(new JsonObject().put("reason", reason)))
                    .orElseGet(Status::OK)));
  }

  /**
   * Reports how many instances of another service are known. The node is ready without any, since
   * it can still reject requests properly.
   */
  public void report(String name, LongSupplier instances) {
    checks.register(
        name,
        promise ->
            promise.complete(Status.OK(new JsonObject().put("instances", instances.getAsLong()))));
  }

  /** Lets holders of a service token remove a service, by name. */
  public void onRemove(Function<String, Future<Void>> remove, TokenVerifier verifier) {
    removal = new ServiceRemoval(remove, verifier);
  }

  /** Why the node is not ready: what is missing, and the reason for each. */
  public Map<String, Object> troubles() {
    var troubles = new TreeMap<String, Object>();
    required.forEach(
        (name, trouble) -> trouble.get().ifPresent(reason -> troubles.put(name, reason)));
    return troubles;
  }

  /** The port that was asked for, or the one that was found if it was 0. */
  public int port() {
    return server.actualPort();
  }

  public Future<Void> serve(String host, int port, Supplier<Future<Buffer>> cluster) {
    topology = cluster;
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
        .requestHandler(this::handle)
        .listen(port, host)
        .recover(failure -> ListeningPort.cannotListen(host, port, failure))
        .onSuccess(listening -> server = listening)
        .mapEmpty();
  }

  public void stopping() {
    stopping = true;
  }

  private void handle(HttpServerRequest request) {
    if (removal != null && request.path().startsWith(ServiceRemoval.PATH)) {
      removal.handle(request);
      return;
    }
    var allowed = request.path().startsWith("/health/") ? List.of("GET", "HEAD") : List.of("GET");
    if (!allowed.contains(request.method().name())) {
      request.response().setStatusCode(405).putHeader("Allow", String.join(", ", allowed)).end();
      return;
    }
    switch (request.path()) {
      case "/health/live" -> end(request, 200, new JsonObject().put("status", "UP"));
      case "/health/ready" -> ready(request);
      case "/topology" -> topology(request);
      case "/metrics" -> metricsPage.handle(request);
      default -> end(request, 404, new JsonObject().put("status", "NOT_FOUND"));
    }
  }

  private void ready(HttpServerRequest request) {
    checks
        .checkStatus()
        .onComplete(
            result -> {
              var up = result.succeeded() && result.result().getUp() && !stopping;
              var body = result.succeeded() ? result.result().toJson() : new JsonObject();
              body.remove("outcome");
              end(request, up ? 200 : 503, body.put("status", up ? "UP" : "DOWN"));
            });
  }

  private void topology(HttpServerRequest request) {
    topology
        .get()
        .onSuccess(view -> end(request, 200, view))
        .onFailure(failure -> end(request, 503, new JsonObject().put("status", "UNKNOWN")));
  }

  private static void end(HttpServerRequest request, int status, JsonObject body) {
    end(request, status, body.toBuffer());
  }

  /** Leaves out the body of a reply to HEAD, which Vert.x would send in HTTP/2. */
  private static void end(HttpServerRequest request, int status, Buffer body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(HttpMethod.HEAD.equals(request.method()) ? Buffer.buffer() : body);
  }
}
