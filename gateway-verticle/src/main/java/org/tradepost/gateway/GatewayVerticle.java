package org.tradepost.gateway;

import com.netflix.concurrency.limits.Limit;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.gateway.admission.Admission;
import org.tradepost.gateway.admission.RateLimits;
import org.tradepost.gateway.call.Operations;
import org.tradepost.gateway.call.RoutedCall;
import org.tradepost.gateway.docs.DocsPage;
import org.tradepost.gateway.docs.Documents;
import org.tradepost.gateway.events.EventRoutes;
import org.tradepost.gateway.events.EventSources;
import org.tradepost.gateway.events.EventStreams;
import org.tradepost.gateway.overload.LoadShedding;
import org.tradepost.gateway.overload.ServiceLimit;
import org.tradepost.gateway.overload.ServiceLimits;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.config.HostName;
import org.tradepost.platform.node.ClusterNode;

/**
 * The REST API of whatever is in the cluster: API descriptions are followed here, requests are
 * served by one listener for each event loop.
 */
public final class GatewayVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(GatewayVerticle.class);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ClusterNode node;
  private final GatewayConfig config;
  private final Supplier<Limit> limits;
  private final ServiceRegistry registry;
  private volatile int port;

  public GatewayVerticle(ClusterNode node, GatewayConfig config) {
    this(node, config, ServiceLimit::adaptive);
  }

  /**
   * @param limits makes the limit of each service
   */
  GatewayVerticle(ClusterNode node, GatewayConfig config, Supplier<Limit> limits) {
    this.node = node;
    this.limits = limits;
    // Listeners share a port that was asked for by the same number, and any free one by the same
    // negative number.
    this.config = config.port() == 0 ? config.withPort(-COUNT.incrementAndGet()) : config;
    this.registry = new ServiceRegistry(node, config.prefixes());
  }

  @Override
  public Future<?> start() {
    node.requireKeys();
    node.health().onRemove(registry::remove, node.verifier());
    var serviceLimits = new ServiceLimits(node, config.limits().clientShare(), limits);
    var calls = new RoutedCall(node, registry, config.limits(), serviceLimits);
    var rates = new RateLimits(config.limits().rate(), config.proxies());
    var admission = new Admission(node, config.limits(), rates);
    var sources = new EventSources(registry, calls::downstream);
    var events = new EventRoutes(admission, sources, new EventStreams(node.bus(), config.limits()));
    var documents = new Documents(registry, new DocsPage(vertx));
    var routes =
        new Routes(
            new LoadShedding(registry, serviceLimits),
            rates,
            events,
            documents,
            new Operations(registry, admission, serviceLimits, calls));
    var loops = Runtime.getRuntime().availableProcessors();
    return registry
        .onNew(calls::expect)
        .start()
        .compose(
            snapshot ->
                vertx.deployVerticle(
                    () -> new HttpListener(config, routes, node.tracing(), found -> port = found),
                    new DeploymentOptions().setInstances(loops)))
        .onFailure(failure -> registry.stop())
        .onSuccess(
            id ->
                log.info(
                    "the REST API is at http://{}:{}", HostName.beforePort(config.host()), port));
  }

  /** The listeners have left before. */
  @Override
  public Future<?> stop() {
    registry.stop();
    return Future.succeededFuture();
  }

  /** The port that was asked for, or the one that was found. */
  public int port() {
    return port;
  }
}
