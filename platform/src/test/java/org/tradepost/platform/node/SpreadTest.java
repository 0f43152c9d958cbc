package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestService;

/** Three nodes serve the same operation; the first also serves another service. */
class SpreadTest {

  private static final Operation<Empty, Empty> WORK = operation("work.v1.do");
  private static final Operation<Empty, Empty> SWEEP = operation("cleaning.v1.sweep");
  private static final Operation<Empty, Empty> WASH = operation("cleaning.v1.wash");
  private static final int CALLS = 300;

  /** Relative to the even share, which is a third. */
  private static final double MIN_SHARE = 0.8;

  private static TestCluster cluster;
  private static List<ClusterNode> nodes;
  private static List<Worker> workers;

  /** Counts its requests. */
  private static final class Worker extends TestService {
    private final AtomicInteger asked = new AtomicInteger();

    private Worker(ClusterNode node) {
      super(new Service(node, "work"));
      service.serve(WORK, (request, call) -> count());
    }

    private Future<Empty> count() {
      asked.incrementAndGet();
      return Future.succeededFuture(Empty.NOTHING);
    }
  }

  /** Another service. */
  private static TestService cleaning(ClusterNode node) {
    return new TestService(
        new Service(node, "cleaning")
            .serve(SWEEP, (request, call) -> Future.succeededFuture(Empty.NOTHING))
            .serve(WASH, (request, call) -> Future.succeededFuture(Empty.NOTHING)));
  }

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    nodes = List.of(cluster.start("first"), cluster.start("second"), cluster.start("third"));
    workers = nodes.stream().map(Worker::new).toList();
    TestNode.await(nodes.get(0).deploy(cleaning(nodes.get(0))));
    for (var i = 0; i < nodes.size(); i++) {
      TestNode.await(nodes.get(i).deploy(workers.get(i)));
    }
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  @Test
  void each_node_gets_its_share_whoever_calls() {
    for (var caller : nodes) {
      // A node that stalls for a second on a busy machine gets nothing until it responds again.
      await().pollDelay(Duration.ZERO).untilAsserted(() -> eachGetsItsShareOf(caller));
    }
  }

  private static void eachGetsItsShareOf(ClusterNode caller) {
    workers.forEach(worker -> worker.asked.set(0));
    for (var i = 0; i < CALLS; i++) {
      TestNode.await(TestNode.call(caller, WORK, Empty.NOTHING));
    }
    assertThat(workers)
        .allSatisfy(
            worker ->
                assertThat(worker.asked.get())
                    .isGreaterThan((int) (MIN_SHARE * CALLS / nodes.size())));
  }

  private static Operation<Empty, Empty> operation(String address) {
    return Operation.internal(address, Empty.class, Empty.class);
  }
}
