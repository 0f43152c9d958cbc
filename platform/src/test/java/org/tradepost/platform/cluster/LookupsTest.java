package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

class LookupsTest {

  /** More than Vert.x has worker threads. */
  private static final int MANY = 30;

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final AtomicInteger started = new AtomicInteger();
  private final Map<String, String> memory = new ConcurrentHashMap<>();
  private final Lookups<String> lookups =
      new Lookups<>(
          vertx,
          new BlockingCalls(vertx),
          this::lookUp,
          key -> Optional.ofNullable(memory.get(key)));

  /** Takes as long as the node that has the entry is frozen. */
  private String lookUp(String key) {
    started.incrementAndGet();
    try {
      thawed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return key + " now";
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    TestNode.await(vertx.close());
  }

  @Test
  void one_is_in_progress_per_key() {
    var first = IntStream.range(0, MANY).mapToObj(i -> lookups.current("a")).toList();
    var other = lookups.current("b");
    thawed.countDown();
    assertThat(TestNode.await(Future.join(first)).<String>list()).containsOnly("a now");
    assertThat(TestNode.await(other)).isEqualTo("b now");
    assertThat(started).hasValue(2);
  }

  @Test
  void the_next_one_after_a_lookup_starts_anew() {
    thawed.countDown();
    TestNode.await(lookups.current("a"));
    TestNode.await(lookups.current("a"));
    assertThat(started).hasValue(2);
  }

  @Test
  void what_is_remembered_is_the_answer_when_a_lookup_takes_long() throws Exception {
    memory.put("a", "a before");
    var late = new CompletableFuture<String>();
    assertThat(TestNode.await(lookups.get("a", late::complete))).isEqualTo("a before");
    thawed.countDown();
    assertThat(late.get(1, TimeUnit.MINUTES)).isEqualTo("a now");
  }

  @Test
  void a_lookup_answers_with_the_entry_of_now() {
    memory.put("a", "a before");
    thawed.countDown();
    assertThat(TestNode.await(lookups.get("a", late -> {}))).isEqualTo("a now");
  }

  @Test
  void those_that_wait_for_a_frozen_node_leave_the_worker_threads_to_others() {
    var cluster = new TestCluster();
    var node = cluster.start("node");
    var other = cluster.start("other");
    var frozen = FrozenMember.freeze(other);
    try {
      addressesOn(other, MANY).forEach(node.registrations()::hasListeners);
      assertThat(TestNode.await(node.vertx().executeBlocking(() -> "done"))).isEqualTo("done");
    } finally {
      frozen.thaw();
      cluster.stop();
    }
  }

  private static List<String> addressesOn(ClusterNode node, int count) {
    var cluster = TestNode.hazelcast(node).getCluster();
    var parts = TestNode.hazelcast(node).getPartitionService();
    return IntStream.range(0, 100 * count)
        .mapToObj(i -> "service" + i + ".none")
        .filter(address -> parts.getPartition(address).getOwner().equals(cluster.getLocalMember()))
        .limit(count)
        .toList();
  }
}
