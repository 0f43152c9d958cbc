package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.tradepost.gateway.connection.ConnectionContext;
import org.tradepost.gateway.connection.ConnectionDrain;
import org.tradepost.gateway.connection.HeaderTimeout;
import org.tradepost.gateway.connection.PipelinedRequests;
import org.tradepost.gateway.connection.ProtocolHandler;
import org.tradepost.gateway.connection.UnreadReplies;
import org.tradepost.gateway.http.ChunkedWriter;
import org.tradepost.gateway.http.Cors;
import org.tradepost.gateway.http.HttpExchange;
import org.tradepost.gateway.http.Problems;
import org.tradepost.gateway.http.RequestBody;
import org.tradepost.gateway.overload.LoadSheddingHandler;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.config.ListeningPort;
import org.tradepost.platform.telemetry.tracing.Tracing;

/**
 * Serves the ports of a gateway on one event loop: the port of the API, and the console's own port
 * if it has one. All listeners share these ports, and limits apply to both ports together.
 */
final class HttpListener extends VerticleBase {

  private static final int MAX_REQUEST_LINE_BYTES = 8_192;
  private static final int MAX_HEADER_BYTES = 16_384;

  /**
   * By default, the kernel buffers some megabytes for each client that does not read. A few hundred
   * such clients would leave no buffers for any other connection of the host.
   */
  private static final int SEND_BUFFER_BYTES = 65_536;

  private static final Duration RESPONSE_MARGIN = Duration.ofSeconds(2);
  private static final long SWEEP_MILLIS = 1_000;

  private final GatewayConfig config;
  private final Routes routes;
  private final PipelinedRequests pipelined;
  private final UnreadReplies unread;
  private final Tracing tracing;
  private final IntConsumer listening;
  private final HeaderTimeout headerTimeout;
  private final List<HttpServer> servers = new ArrayList<>();
  private ConnectionDrain drain;

  /**
   * @param pipelined bounds the pipelined requests
   * @param unread bounds the replies that clients do not read
   * @param listening called with the port of the API
   */
  HttpListener(
      GatewayConfig config,
      Routes routes,
      PipelinedRequests pipelined,
      UnreadReplies unread,
      Tracing tracing,
      IntConsumer listening) {
    this.config = config;
    this.routes = routes;
    this.pipelined = pipelined;
    this.unread = unread;
    this.tracing = tracing;
    this.listening = listening;
    this.headerTimeout = new HeaderTimeout(config.limits().idle(), config.limits().connections());
  }

  @Override
  public Future<?> start() {
    drain = new ConnectionDrain(vertx, responseTimeout());
    var problems = new Problems(routes.accessLog(), routes.requests(), tracing);
    vertx.setPeriodic(SWEEP_MILLIS, timer -> headerTimeout.sweep());
    var console = config.console();
    var onApiPort = console.enabled() && console.port().isEmpty();
    return listen(config.port(), onApiPort, problems)
        .onSuccess(open -> listening.accept(open.actualPort()))
        .compose(
            open ->
                console.port().isEmpty()
                    ? Future.succeededFuture(open)
                    : listen(console.port().getAsInt(), true, problems));
  }

  /**
   * @param console whether the console is served on this port
   */
  private Future<HttpServer> listen(int port, boolean console, Problems problems) {
    var server =
        vertx
            .createHttpServer(options())
            .requestHandler(router(console, problems))
            .invalidRequestHandler(problems::answerInvalid)
            .connectionHandler(this::configureConnection);
    servers.add(server);
    return server
        .listen(port, config.host())
        .recover(failure -> ListeningPort.cannotListen(config.host(), port, failure));
  }

  private void configureConnection(HttpConnection connection) {
    var protocol = ProtocolHandler.watch(connection, options(), pipelined);
    ConnectionContext.limitUnsent(connection, ChunkedWriter.MAX_UNSENT_BYTES);
    headerTimeout.opened(connection);
    drain.opened(connection);
    LoadSheddingHandler.watch(
        connection,
        routes.shedding(),
        () -> protocol.isIdle() && !drain.isDraining(),
        () -> headerTimeout.startWaiting(connection));
  }

  /**
   * Continues to serve until load balancers notice that this gateway is no longer ready. Then
   * refuses new connections, ends the streams, tells clients to reconnect elsewhere, and finishes
   * the requests in flight.
   */
  @Override
  public Future<?> stop() {
    return pause(config.limits().drain())
        .compose(
            noticed -> {
              drain.start();
              routes.streams().stop();
              return drain.drained(config.limits().drain());
            })
        .compose(emptied -> Future.join(servers.stream().map(this::shutDown).toList()));
  }

  private Future<Void> shutDown(HttpServer server) {
    return server.shutdown(responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<?> pause(Duration time) {
    return time.isZero() ? Future.succeededFuture() : vertx.timer(time.toMillis());
  }

  private Duration responseTimeout() {
    return config.limits().request().plus(RESPONSE_MARGIN);
  }

  private Router router(boolean console, Problems problems) {
    var router = Router.router(vertx);
    router.route().handler(this::prepare).failureHandler(problems::answer);
    if (!config.corsOrigins().isEmpty()) {
      router.route().handler(new Cors(config.corsOrigins()));
    }
    router.route().handler(routes.rates());
    router.route().handler(context -> GatewayDescription.serve(context, routes.own()));
    if (console) {
      router.route().handler(routes.console());
    }
    router.route().handler(routes.documents());
    router.route().handler(routes.operations());
    return router;
  }

  private void prepare(RoutingContext context) {
    var exchange = HttpExchange.start(context, routes.accessLog(), routes.requests(), tracing);
    headerTimeout.arrived(context, RequestBody.isSent(context.request()), exchange::isEndless);
    drain.arrived(context);
    unread.watch(context);
    context.next();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setIdleTimeout((int) config.limits().idle().toSeconds())
        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        // The gateway has no WebSockets, and these handlers fail after 128 pipelined requests.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setDecompressionSupported(false);
  }
}
