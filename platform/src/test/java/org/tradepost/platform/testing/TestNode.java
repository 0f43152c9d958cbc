package org.tradepost.platform.testing;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.NodeConfig;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** A cluster of one node for tests, on free ports and isolated from other clusters. */
public final class TestNode {

  public static final String SECRET = "a secret for tests, 32 characters and more";

  /** How long a test's request may take; it fails before {@link #await} gives up. */
  public static final long TIMEOUT_MILLIS = 50_000;

  private TestNode() {}

  /** The settings of a node in a cluster that no other test shares. */
  public static Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("TRADEPOST_NODE_NAME", "test");
    settings.put("TRADEPOST_CLUSTER_NAME", "test-" + UUID.randomUUID());
    settings.put("TRADEPOST_CLUSTER_SECRET", SECRET);
    settings.put("TRADEPOST_CLUSTER_PORT", "0");
    return settings;
  }

  public static ClusterNode start() {
    return await(ClusterNode.start(NodeConfig.from(Settings.of(settings()))));
  }

  /** Starts a node that sends its traces to a receiver. */
  public static ClusterNode start(TraceReceiver receiver) {
    var tracing = Tracing.from(Settings.of(receiver.settings()), "test", "test");
    return await(ClusterNode.start(NodeConfig.from(Settings.of(settings())), tracing));
  }

  /** Blocks all event loops of a node. */
  public static void stall(ClusterNode node, CountDownLatch until) {
    var vertx = (VertxInternal) node.vertx();
    for (var i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      vertx
          .createEventLoopContext()
          .runOnContext(
              due -> {
                try {
                  until.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }

  /** The Hazelcast instance of a node. */
  public static HazelcastInstance hazelcast(ClusterNode node) {
    return ((HazelcastClusterManager) ((VertxInternal) node.vertx()).clusterManager())
        .getHazelcastInstance();
  }

  /**
   * Calls an internal operation as a service does, and waits as long for the reply as tests do: a
   * node gives up on its own calls after some seconds.
   */
  public static <Q, R> Future<R> call(ClusterNode caller, Operation<Q, R> operation, Q request) {
    var token = new ServiceTokens(caller.vertx(), "test", SECRET).token();
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.AUTHORIZATION, token);
    return caller
        .bus()
        .send(operation.address(), WireJson.write(request), headers, TIMEOUT_MILLIS)
        .map(
            reply ->
                reply.body().length() == 0 ? null : WireJson.read(reply.body(), operation.reply()));
  }

  /**
   * Returns the result of a future, which may take up to a minute. Rethrows its failure as it is if
   * it is unchecked.
   */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within 60 seconds", e);
    }
  }
}
