package org.tradepost.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private final Map<String, String> entries = new ConcurrentHashMap<>(Map.of("a", "1", "b", "2"));
  private final Map<String, String> memory = new ConcurrentHashMap<>();
  private final List<String> late = new CopyOnWriteArrayList<>();
  private final Lookups<String> lookups =
      new Lookups<>(
          vertx,
          new BlockingCalls(vertx),
          this::lookUp,
          key -> Optional.ofNullable(memory.get(key)),
          (key, entry) -> late.add(key + entry));

  /** Reads at once, but returns only when the node that has the entry is not frozen any more. */
  private String lookUp(String key) {
    var entry = entries.get(key);
    started.incrementAndGet();
    try {
      thawed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (entry == null) {
      throw new StackOverflowError("an error, as a hostile entry may cause");
    }
    memory.put(key, entry);
    return entry;
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    TestNode.await(vertx.close());
  }

  @Test
  void one_is_in_progress_per_key_and_the_next_is_shared() {
    var many = IntStream.range(0, MANY).mapToObj(i -> lookups.current("a")).toList();
    var other = lookups.current("b");
    await().until(() -> started.get() == 2);
    thawed.countDown();
    assertThat(TestNode.await(Future.join(many)).<String>list()).containsOnly("1").hasSize(MANY);
    assertThat(TestNode.await(other)).isEqualTo("2");
    assertThat(started).hasValue(3);
  }

  @Test
  void the_answer_is_never_older_than_the_question() {
    var before = lookups.current("a");
    await().until(() -> started.get() == 1);
    entries.put("a", "3");
    var after = lookups.current("a");
    thawed.countDown();
    assertThat(TestNode.await(before)).isEqualTo("1");
    assertThat(TestNode.await(after)).isEqualTo("3");
  }

  @Test
  void each_question_after_a_lookup_starts_another() {
    thawed.countDown();
    TestNode.await(lookups.current("a"));
    TestNode.await(lookups.current("a"));
    assertThat(started).hasValue(2);
  }

  @Test
  void what_is_remembered_is_the_answer_when_a_lookup_takes_long() {
    memory.put("a", "0");
    memory.put("b", "2");
    var answers = Stream.of("a", "a", "b").map(lookups::get).toList();
    assertThat(TestNode.await(Future.join(answers)).<String>list()).containsExactly("0", "0", "2");
    thawed.countDown();
    TestNode.await(Future.join(lookups.current("a"), lookups.current("b")));
    assertThat(late).containsExactly("a1");
  }

  @Test
  void a_quick_lookup_answers_with_the_entry_of_now() {
    memory.put("a", "0");
    thawed.countDown();
    assertThat(TestNode.await(lookups.get("a"))).isEqualTo("1");
    assertThat(late).isEmpty();
  }

  @Test
  void an_error_fails_all_who_wait_and_the_next_question_is_looked_up() {
    var first = lookups.current("c");
    var second = lookups.current("c");
    thawed.countDown();
    assertThat(TestNode.await(first.otherwise("failed"))).isEqualTo("failed");
    assertThat(TestNode.await(second.otherwise("failed"))).isEqualTo("failed");
    entries.put("c", "4");
    assertThat(TestNode.await(lookups.current("c"))).isEqualTo("4");
  }

  @Test
  void what_is_remembered_is_the_answer_when_a_lookup_fails() {
    memory.put("c", "0");
    thawed.countDown();
    assertThat(TestNode.await(lookups.get("c"))).isEqualTo("0");
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
