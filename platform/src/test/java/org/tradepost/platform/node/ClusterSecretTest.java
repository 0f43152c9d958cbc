package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.common.identity.Trust;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Membership;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestService;
import org.tradepost.platform.testing.TestTokens;

/** A member of the cluster has another secret than the others. */
class ClusterSecretTest {

  private static final Operation<Empty, Empty> WORK =
      Operation.internal("work.v1.do", Empty.class, Empty.class);
  private static final Map<String, String> OTHER_SECRET =
      Map.of("TRADEPOST_CLUSTER_SECRET", "another secret, 32 characters and more");
  private static final int CALLS = 40;

  private final TestCluster cluster = new TestCluster();
  private ClusterNode first;

  /** Counts its requests. */
  private static final class Worker extends TestService {
    private final AtomicInteger asked = new AtomicInteger();

    private Worker(ClusterNode node) {
      super(new Service(node, "work"));
      service.serve(
          WORK,
          (request, call) -> {
            asked.incrementAndGet();
            return Future.succeededFuture(Empty.NOTHING);
          });
    }
  }

  @BeforeEach
  void start() {
    first = cluster.start("first");
    TestNode.await(first.deploy(new Worker(first)));
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void it_does_not_serve_and_says_why_while_the_others_serve_on() {
    var foreign = cluster.start(cluster.config("foreign", OTHER_SECRET, "work"));
    var worker = new Worker(foreign);
    TestNode.await(foreign.deploy(worker));
    assertThat(foreign.secret().trouble())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("TRADEPOST_CLUSTER_SECRET", "first"));
    for (var i = 0; i < CALLS; i++) {
      TestNode.await(TestNode.call(first, WORK, Empty.NOTHING));
    }
    assertThat(worker.asked).hasValue(0);
    assertThat(first.secret().trouble()).isEmpty();
  }

  @Test
  void it_gets_no_requests_although_it_listens() {
    var foreign = cluster.start(cluster.config("foreign", OTHER_SECRET));
    var overheard = new AtomicInteger();
    TestNode.await(
        foreign.bus().consume(WORK.address(), message -> overheard.incrementAndGet()).completion());
    var second = cluster.start("second");
    for (var i = 0; i < CALLS; i++) {
      TestNode.await(TestNode.call(first, WORK, Empty.NOTHING));
      TestNode.await(TestNode.call(second, WORK, Empty.NOTHING));
    }
    assertThat(overheard).hasValue(0);
    assertThat(second.secret().trouble()).isEmpty();
  }

  @Test
  void it_gets_no_requests_by_writing_that_others_are_where_it_is() {
    var foreign = cluster.start(cluster.config("foreign", OTHER_SECRET));
    var overheard = new AtomicInteger();
    TestNode.await(
        foreign.bus().consume(WORK.address(), message -> overheard.incrementAndGet()).completion());
    var nodeInfos =
        TestNode.hazelcast(foreign).<String, HazelcastNodeInfo>getMap("__vertx.nodeInfo");
    var own = nodeInfos.get(nodeId(foreign));
    nodeInfos.keySet().forEach(node -> nodeInfos.put(node, own));
    var second = cluster.start("second");
    await().until(() -> isAnswered(second));
    assertThat(overheard).hasValue(0);
  }

  private static boolean isAnswered(ClusterNode caller) {
    return TestNode.await(
        caller
            .bus()
            .call(WORK, Empty.NOTHING, RequestContext.background(100))
            .map(true)
            .otherwise(false));
  }

  private static String nodeId(ClusterNode node) {
    return ((VertxInternal) node.vertx()).clusterManager().getNodeId();
  }

  @Test
  void it_hears_what_is_published_to_all() {
    var foreign = cluster.start(cluster.config("foreign", OTHER_SECRET));
    var heard = new AtomicInteger();
    TestNode.await(foreign.bus().onChange("work.v1.changed", heard::incrementAndGet).completion());
    await()
        .until(
            () -> {
              first.bus().notify("work.v1.changed");
              return heard.get() > 0;
            });
  }

  @Test
  void its_token_is_rejected_as_a_fault_of_the_cluster_and_not_of_a_client() {
    var foreign =
        new ServiceBus(
            first.vertx(),
            new ServiceTokens(
                first.vertx(), "foreign", OTHER_SECRET.get("TRADEPOST_CLUSTER_SECRET")));
    var answer = foreign.call(WORK, Empty.NOTHING, RequestContext.background(5_000));
    await().until(answer::isComplete);
    assertThat(answer.cause())
        .isInstanceOfSatisfying(
            ServiceException.class,
            rejection -> assertThat(rejection.is(CommonError.UNAVAILABLE)).isTrue());
  }

  @Test
  void a_node_that_starts_while_no_authentication_service_runs_knows_the_shared_keys() {
    var auth = cluster.start("auth");
    var tokens = TestTokens.serve(auth);
    var trust = TestNode.await(TestNode.call(first, AuthContract.TRUST, Empty.NOTHING));
    auth.shareKeys(trust);
    var token = tokens.admin();
    await().until(() -> entryOfKeys(first) != null);
    cluster.stop(auth);
    var late = cluster.start("late");
    await().until(() -> late.requireKeys().trouble().isEmpty());
    assertThat(TestNode.await(late.verifier().verify(token)).isUser()).isTrue();
  }

  @Test
  void keys_that_a_member_without_the_secret_shares_are_not_believed() {
    var foreign = cluster.start(cluster.config("foreign", OTHER_SECRET));
    var key = WireJson.read("{\"kty\": \"RSA\", \"kid\": \"forged\"}", JsonNode.class);
    foreign.shareKeys(new Trust(List.of(key), List.of()));
    var late = cluster.start("late");
    await().until(() -> entryOfKeys(late) != null);
    assertThat(late.requireKeys().trouble()).isPresent();
  }

  private static Object entryOfKeys(ClusterNode node) {
    var membership = (Membership) ((VertxInternal) node.vertx()).clusterManager();
    return membership.getHazelcastInstance().getReplicatedMap("tradepost.keys").get("trust");
  }
}
