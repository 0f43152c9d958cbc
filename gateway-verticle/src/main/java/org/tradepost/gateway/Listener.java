package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** The HTTP server of one event loop; all of a gateway share its port. */
final class Listener extends VerticleBase {

  private static final int LONGEST_LINE = 8_192;
  private static final int LONGEST_HEADERS = 16_384;
  private static final long MARGIN_SECONDS = 2;
  private static final long SWEEP_MILLIS = 1_000;

  private final GatewayConfig config;
  private final Routes routes;
  private final IntConsumer listening;
  private final SlowHeads slowHeads;
  private HttpServer server;

  /**
   * @param listening is told the port
   */
  Listener(GatewayConfig config, Routes routes, IntConsumer listening) {
    this.config = config;
    this.routes = routes;
    this.listening = listening;
    this.slowHeads = new SlowHeads(config.limits());
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createHttpServer(options())
            .requestHandler(router())
            .invalidRequestHandler(Problems::answerInvalid)
            .connectionHandler(slowHeads::opened);
    vertx.setPeriodic(SWEEP_MILLIS, timer -> slowHeads.sweep());
    return server
        .listen(config.port(), config.host())
        .onSuccess(open -> listening.accept(open.actualPort()));
  }

  /** Takes no new requests, finishes those that came, and ends those that have no end. */
  @Override
  public Future<?> stop() {
    routes.events().close();
    var longest = config.limits().request().toSeconds() + MARGIN_SECONDS;
    return server.shutdown(longest, TimeUnit.SECONDS);
  }

  private Router router() {
    var router = Router.router(vertx);
    router.route().handler(this::begin).failureHandler(Problems::answer);
    if (!config.corsOrigins().isEmpty()) {
      router.route().handler(new Cors(config.corsOrigins()));
    }
    router.route().handler(routes.rates());
    router.route().handler(routes.events());
    router.route().handler(routes.documents());
    router.route().handler(routes.operations());
    return router;
  }

  private void begin(RoutingContext context) {
    slowHeads.arrived(context);
    Exchange.of(context);
    context.next();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setIdleTimeout((int) config.limits().idle().toSeconds())
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false);
  }
}
