package org.tradepost.common.runtime;

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
import java.util.function.Supplier;

/**
 * What a node says of its health, at {@code /health/live} and {@code /health/ready} of its
 * management port, and of the cluster at {@code /topology}.
 */
public final class Health {

  private static final long PROBE_MILLIS = 2_000;
  private static final int IDLE_SECONDS = 30;

  private final Vertx vertx;
  private final HealthChecks checks;
  private HttpServer server;
  private Supplier<Future<Buffer>> topology;
  private volatile boolean leaving;

  Health(Vertx vertx) {
    this.vertx = vertx;
    this.checks = HealthChecks.create(vertx);
  }

  /** A node is not ready while the probe fails. */
  public void require(String name, Supplier<Future<Void>> probe) {
    checks.register(
        name,
        PROBE_MILLIS,
        promise ->
            probe
                .get()
                .onSuccess(done -> promise.complete(Status.OK()))
                .onFailure(failure -> promise.complete(Status.KO())));
  }

  /**
   * Tells of another service; the node is ready without it, since it can still refuse in good
   * order.
   */
  public void report(String name, Supplier<Future<Long>> instances) {
    checks.register(
        name,
        PROBE_MILLIS,
        promise ->
            instances
                .get()
                .otherwise(0L)
                .onSuccess(
                    count ->
                        promise.complete(Status.OK(new JsonObject().put("instances", count)))));
  }

  /** The port that was asked for, or the one that was found. */
  public int port() {
    return server.actualPort();
  }

  Future<Void> serve(String host, int port, Supplier<Future<Buffer>> cluster) {
    topology = cluster;
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
        .requestHandler(this::handle)
        .listen(port, host)
        .onSuccess(listening -> server = listening)
        .mapEmpty();
  }

  void leave() {
    leaving = true;
  }

  private void handle(HttpServerRequest request) {
    if (!HttpMethod.GET.equals(request.method())) {
      request.response().setStatusCode(405).putHeader("Allow", "GET").end();
      return;
    }
    switch (request.path()) {
      case "/health/live" -> end(request, 200, new JsonObject().put("status", "UP"));
      case "/health/ready" -> ready(request);
      case "/topology" -> topology(request);
      default -> end(request, 404, new JsonObject().put("status", "NOT_FOUND"));
    }
  }

  private void ready(HttpServerRequest request) {
    checks
        .checkStatus()
        .onComplete(
            result -> {
              var up = result.succeeded() && result.result().getUp() && !leaving;
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

  private static void end(HttpServerRequest request, int status, Buffer body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }
}
