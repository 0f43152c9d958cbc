package org.tradepost.platform.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.identity.ClientProof;
import org.tradepost.common.identity.ClusterProof;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.identity.TrustedKeys;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Directory;
import org.tradepost.platform.cluster.HazelcastConfiguration;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.cluster.Membership;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.cluster.Registrations;
import org.tradepost.platform.cluster.SignedMap;
import org.tradepost.platform.config.ListeningPort;
import org.tradepost.platform.management.Condition;
import org.tradepost.platform.management.Health;
import org.tradepost.platform.telemetry.metrics.ConnectionPoolMetrics;
import org.tradepost.platform.telemetry.metrics.Metrics;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** One JVM as a member of the cluster, and what every service on it shares. */
public final class ClusterNode {

  private static final Logger log = LoggerFactory.getLogger(ClusterNode.class);
  private static final long TRUST_TIMEOUT_MILLIS = 2_500;

  /** Each node is asked twice in this time, so that one lost message makes none unresponsive. */
  private static final long TOPOLOGY_TIMEOUT_MILLIS = 2_000;

  /** After a stall of at least this length, requests may be rejected as too old for a moment. */
  private static final long LONG_STALL_MILLIS = 1_000;

  private static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

  /** No files are served, so no directory for temporary files is needed. */
  public static final FileSystemOptions NO_CACHE =
      new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

  private final NodeConfig config;
  private final Vertx vertx;
  private final Membership membership;
  private final Tracing tracing;
  private final ServiceBus bus;
  private final TrustedKeys trustedKeys;
  private final TokenVerifier verifier;
  private final Directory directory;
  private final Health health;
  private final Registrations registrations;
  private final Members members;
  private final Metrics metrics;
  private final UnresponsiveNodeDetection detection;
  private final Topology topology;
  private final NodeMetrics nodeMetrics;
  private final EventLoopStall eventLoopStall = new EventLoopStall();
  private final SharedKeys sharedKeys;
  private final ClientProof clientProof;
  private final Condition secret;
  private final Deployments deployments;
  private Condition keys;

  private ClusterNode(
      NodeConfig config, Vertx vertx, Membership membership, Metrics metrics, Tracing tracing) {
    this.config = config;
    this.vertx = vertx;
    this.membership = membership;
    this.metrics = metrics;
    this.nodeMetrics = new NodeMetrics(metrics, config.name());
    this.tracing = tracing;
    var tokens = new ServiceTokens(vertx, config.name(), config.secret());
    this.bus = new ServiceBus(vertx, tokens, tracing);
    this.trustedKeys =
        new TrustedKeys(
            vertx,
            () ->
                bus.call(
                    AuthContract.TRUST,
                    Empty.NOTHING,
                    RequestContext.background(TRUST_TIMEOUT_MILLIS)));
    this.verifier = new TokenVerifier(tokens, trustedKeys);
    this.clientProof = new ClientProof(new ClusterProof(config.secret()));
    this.registrations =
        new Registrations(
            vertx,
            membership,
            NodeAddress.ping(membership.getNodeId()).address(),
            bus::millisSinceLastMessage);
    this.health = new Health(vertx, metrics);
    this.members = new Members(membership);
    this.directory = new Directory(vertx, membership, members::trusted, registrations);
    this.detection = new UnresponsiveNodeDetection(vertx, bus, members, membership);
    this.topology = new Topology(config.cluster().name(), members, bus);
    this.deployments = new Deployments(vertx);
    this.sharedKeys = new SharedKeys(membership.map(SharedKeys.MAP));
    this.secret = Condition.watch(vertx, "cluster secret", () -> check(members.disagreement()));
  }

  /** See {@link #start(NodeConfig, Tracing)}; without traces. */
  public static Future<ClusterNode> start(NodeConfig config) {
    return start(config, Tracing.off());
  }

  /** Joins the cluster and opens the management port. */
  public static Future<ClusterNode> start(NodeConfig config, Tracing tracing) {
    var membership =
        new Membership(HazelcastConfiguration.of(config), new ClusterProof(config.secret()));
    var metrics = new Metrics();
    return tracing
        .on(Vertx.builder())
        .with(options(config))
        .withMetrics(new ConnectionPoolMetrics(metrics))
        .withClusterManager(membership)
        .buildClustered()
        .recover(
            failure ->
                ListeningPort.cannotListen(
                    config.eventBus().host(), config.eventBus().port(), failure))
        .compose(
            vertx ->
                vertx.executeBlocking(
                    () -> new ClusterNode(config, vertx, membership, metrics, tracing)))
        .compose(
            node ->
                node.startParts()
                    .map(node)
                    .recover(
                        failure -> node.stop().transform(closed -> Future.failedFuture(failure))));
  }

  private static VertxOptions options(NodeConfig config) {
    return new VertxOptions()
        .setEventLoopPoolSize(EVENT_LOOPS)
        .setEventBusOptions(config.eventBus().options())
        .setFileSystemOptions(NO_CACHE);
  }

  private Future<Void> startParts() {
    membership.known().onLost(bus::resend);
    membership.known().openToAll(bus::isPublished);
    health.require("cluster", () -> isMember() ? Optional.empty() : Optional.of("not a member"));
    health.require("services", deployments::trouble);
    health.require(secret.name(), secret::trouble);
    nodeMetrics.ofCluster(() -> members.all().size(), detection::count);
    nodeMetrics.of(bus.counts());
    nodeMetrics.of(verifier);
    tracing.losses().ifPresent(nodeMetrics::of);
    bus.onChange(AuthContract.TRUST_CHANGED, trustedKeys::refresh);
    trustedKeys.start(sharedKeys::read);
    eventLoopStall.watch(vertx);
    return new NodeAddress(bus, verifier, members, this::takesRequests)
        .start(nodeMetrics.summary(health::troubles, this::calls))
        .compose(
            open ->
                health.serve(
                    config.managementHost(),
                    config.managementPort(),
                    () -> topology(TOPOLOGY_TIMEOUT_MILLIS).map(WireJson::write)))
        .compose(done -> directory.start())
        .compose(done -> secret.check())
        .compose(done -> nodeMetrics.watchEventLoops(vertx, EVENT_LOOPS))
        .onSuccess(done -> detection.start())
        .onSuccess(done -> new JoinCheck(vertx, bus, members, registrations).start())
        .mapEmpty();
  }

  /** Whether other nodes should send requests to this one. */
  private boolean takesRequests() {
    return eventLoopStall.millis() < LONG_STALL_MILLIS && !registrations.isStuck();
  }

  /** The calls to services, without those between nodes. */
  private Map<String, Object> calls() {
    var calls = new TreeMap<String, Object>(bus.calls().read());
    calls.remove(NodeAddress.SERVICE);
    return calls;
  }

  private static Future<Void> check(Optional<String> trouble) {
    return trouble.<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture);
  }

  private Optional<String> checkKeys() {
    return trustedKeys.isKnown()
        ? Optional.empty()
        : Optional.of("the authentication service has not been reached yet");
  }

  private boolean isMember() {
    return membership.isActive() && membership.getNodes().contains(membership.getNodeId());
  }

  /**
   * The cluster as this node sees it: its name, the nodes with their metrics, and the instances of
   * each service.
   *
   * @param timeoutMillis a node that does not reply within this time counts as unresponsive
   */
  public Future<ObjectNode> topology(long timeoutMillis) {
    return topology.read(timeoutMillis).map(view -> WireJson.mapper().valueToTree(view));
  }

  /** Deploys a verticle. The node undeploys its verticles in reverse order when it stops. */
  public Future<String> deploy(Deployable verticle) {
    return deployments.deploy(verticle);
  }

  /**
   * Becomes unready, withdraws its registrations so that no more requests arrive, stops every
   * verticle after its requests in flight, and leaves the cluster.
   */
  public Future<Void> stop() {
    health.stopping();
    // Not bound to an event loop: none is left to complete it in the end.
    Promise<Void> stopped = Promise.promise();
    Future.succeededFuture()
        .compose(begun -> registrations.withdraw())
        .onFailure(failure -> log.warn("other nodes may still send requests", failure))
        .otherwiseEmpty()
        .compose(done -> deployments.undeploy())
        .onComplete(
            done -> {
              detection.stop();
              directory.stop();
              trustedKeys.stop();
              nodeMetrics.stop();
              tracing.stop().eventually(vertx::close).onComplete(stopped);
            });
    return stopped.future();
  }

  /**
   * The condition that this node knows keys to verify users' tokens. From the first call on, the
   * node is not ready without them.
   */
  public synchronized Condition requireKeys() {
    if (keys == null) {
      keys = Condition.watch(vertx, "keys to verify tokens", () -> check(checkKeys()));
      health.require(keys.name(), keys::trouble);
    }
    return keys;
  }

  /** Writes and reads the header in which gateways name clients. */
  public ClientProof clientProof() {
    return clientProof;
  }

  /** The condition that the other nodes have the same cluster secret as this one. */
  public Condition secret() {
    return secret;
  }

  /** Shares the keys with all nodes, including those that start while no auth service runs. */
  public void shareKeys(Trust trust) {
    sharedKeys.write(trust);
  }

  public EventLoopStall eventLoopStall() {
    return eventLoopStall;
  }

  public Registrations registrations() {
    return registrations;
  }

  /** A map of texts that all nodes share. The first call with a name may wait for Hazelcast. */
  public SignedMap map(String name) {
    return membership.map(name);
  }

  /** The name that the operator gave the node. */
  public String name() {
    return config.name();
  }

  public Tracing tracing() {
    return tracing;
  }

  public Vertx vertx() {
    return vertx;
  }

  public ServiceBus bus() {
    return bus;
  }

  public TokenVerifier verifier() {
    return verifier;
  }

  public TrustedKeys trustedKeys() {
    return trustedKeys;
  }

  public Directory directory() {
    return directory;
  }

  public Health health() {
    return health;
  }

  public Metrics metrics() {
    return metrics;
  }
}
