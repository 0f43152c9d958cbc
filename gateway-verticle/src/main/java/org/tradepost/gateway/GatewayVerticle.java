package org.tradepost.gateway;

import com.netflix.concurrency.limits.Limit;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.RateLimits;
import org.tradepost.gateway.call.Operations;
import org.tradepost.gateway.call.RoutedCall;
import org.tradepost.gateway.connection.PipelinedRequests;
import org.tradepost.gateway.connection.UnreadReplies;
import org.tradepost.gateway.console.ClusterRoute;
import org.tradepost.gateway.console.CommandRoute;
import org.tradepost.gateway.console.ConsoleHandler;
import org.tradepost.gateway.docs.DocsPage;
import org.tradepost.gateway.docs.Documents;
import org.tradepost.gateway.events.EventRoutes;
import org.tradepost.gateway.events.EventSources;
import org.tradepost.gateway.events.EventStreams;
import org.tradepost.gateway.http.AccessLog;
import org.tradepost.gateway.http.RequestMetrics;
import org.tradepost.gateway.overload.BodyMemory;
import org.tradepost.gateway.overload.LoadShedding;
import org.tradepost.gateway.overload.ServiceLimit;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.node.ClusterNode;

/**
 * The REST API of all services in the cluster. Follows their API descriptions, and deploys one
 * {@link HttpListener} per event loop to serve requests.
 */
public final class GatewayVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(GatewayVerticle.class);
  private static final AtomicInteger COUNT = new AtomicInteger();

  /**
   * The divisor of the heap: request bodies, unread replies and pipelined requests may each take
   * one such part.
   */
  private static final int HEAP_DIVISOR = 8;

  private final ClusterNode node;
  private final GatewayConfig config;
  private final Supplier<Limit> limits;
  private final long heapBytes;
  private final ServiceRegistry registry;
  private final UnreadReplies unread;
  private volatile int port;

  public GatewayVerticle(ClusterNode node, GatewayConfig config) {
    this(node, config, ServiceLimit::adaptive, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param limits creates the limit of each service
   * @param heapBytes the maximum heap size
   */
  GatewayVerticle(ClusterNode node, GatewayConfig config, Supplier<Limit> limits, long heapBytes) {
    this.node = node;
    this.limits = limits;
    this.heapBytes = heapBytes;
    this.unread = new UnreadReplies(heapBytes / HEAP_DIVISOR);
    // HTTP servers with the same port number share that port. With the same negative number, they
    // share a free one.
    this.config = config.port() == 0 ? config.withPort(-COUNT.incrementAndGet()) : config;
    this.registry = new ServiceRegistry(node, config.prefixes());
  }

  @Override
  public Future<?> start() {
    node.requireKeys();
    node.health().onRemove(registry::remove, node.verifier());
    var requests = new RequestMetrics(node.metrics());
    var serviceLimits = new ServiceLimits(node, config.limits().clientShare(), limits);
    var calls = new RoutedCall(node, registry, config.limits(), serviceLimits);
    var rates = new RateLimits(config.limits().rate(), config.proxies());
    var bodies =
        new BodyMemory(
            heapBytes / HEAP_DIVISOR, config.limits().clientShare(), config.limits().bodyBytes());
    var admission = new Admission(node, config.limits(), rates, bodies);
    var sources = new EventSources(registry, calls::downstream);
    var streams = new EventStreams(node.bus(), config.limits());
    streams.measure(node.metrics());
    var events = new EventRoutes(admission, sources, streams);
    var cluster = new ClusterRoute(node, admission, config.console());
    var commands = new CommandRoute(node, admission, config.console());
    var documents = new Documents(registry, new DocsPage(vertx));
    var accessLog = new AccessLog(config.loggedRequests());
    var routes =
        new Routes(
            accessLog,
            requests,
            new LoadShedding(registry, serviceLimits, accessLog, requests, node.tracing()),
            rates,
            Map.of(
                "gateway.v1.cluster", cluster::serve,
                "gateway.v1.command", commands::serve,
                "gateway.v1.events", events::list,
                "gateway.v1.stream", events::stream),
            streams,
            new ConsoleHandler(),
            documents,
            new Operations(registry, admission, serviceLimits, calls));
    return registry
        .onNew(requests::expect)
        .onNew(calls::expect)
        .start()
        .compose(snapshot -> listen(routes))
        .onFailure(failure -> registry.stop())
        .onSuccess(listening -> logPorts());
  }

  private void logPorts() {
    var host = HostName.beforePort(config.host());
    log.info("the REST API is at http://{}:{}", host, port);
    config
        .console()
        .port()
        .ifPresent(found -> log.info("the console is at http://{}:{}/console", host, found));
  }

  private Future<?> listen(Routes routes) {
    var loops = Runtime.getRuntime().availableProcessors();
    return vertx.deployVerticle(
        () ->
            new HttpListener(
                config,
                routes,
                new PipelinedRequests(heapBytes / HEAP_DIVISOR / loops),
                unread,
                node.tracing(),
                found -> port = found),
        new DeploymentOptions().setInstances(loops));
  }

  /** Vert.x undeploys the listeners before it calls this. */
  @Override
  public Future<?> stop() {
    registry.stop();
    return Future.succeededFuture();
  }

  /** Returns the port of the API: the configured one, or the free port that was found. */
  public int port() {
    return port;
  }
}
