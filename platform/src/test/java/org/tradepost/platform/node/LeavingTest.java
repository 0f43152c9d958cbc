package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestNode;

/** One of two instances leaves. */
class LeavingTest extends TwoInstancesUnderLoad {
  @Test
  void a_node_that_leaves_loses_no_request() {
    cluster.stop(first);
    var after = answered.get();
    await().until(() -> answered.get() > after + 100);
    awaitAnswersToAll();
    assertThat(lost).hasValue(0);
  }

  /**
   * It cannot remove itself from the list of registrations, which is spread over all nodes: removal
   * works at some addresses and fails at others, depending on where their part is.
   */
  @Test
  void a_node_that_leaves_while_another_is_frozen_loses_no_request() {
    var other = cluster.start("other");
    // Enough that the frozen node has some entries of the list.
    var addresses = IntStream.range(0, 40).mapToObj(number -> "work.v1.more-" + number).toList();
    addresses.forEach(address -> answer(first, address));
    addresses.forEach(address -> answer(second, address));
    called.addAll(addresses);
    await().until(() -> answeredAt.containsAll(addresses));
    cluster.forget(first);
    var frozen = FrozenMember.freeze(other);
    var stopped = first.stop();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> first.vertx().deploymentIDs().isEmpty());
      var after = answered.get();
      await().until(() -> answered.get() > after + 100);
      TestNode.await(stopped);
      awaitAnswersToAll();
      assertThat(lost).hasValue(0);
    } finally {
      frozen.thaw();
    }
  }

  @Test
  void a_request_that_is_with_a_node_that_dies_is_sent_to_another() {
    var asked = new AtomicInteger();
    TestNode.await(
        first.bus().consume("work.v1.hang", message -> asked.incrementAndGet()).completion());
    var request =
        caller
            .bus()
            .sendRepeatable(
                "work.v1.hang",
                Buffer.buffer(),
                MultiMap.caseInsensitiveMultiMap(),
                new RepeatPolicy(600_000, 600_000, 2));
    await().until(() -> asked.get() == 1);
    TestNode.await(
        second.bus().consume("work.v1.hang", message -> message.reply(null)).completion());
    awaitAnswersToAll();
    die();
    TestNode.await(request);
    assertThat(asked).hasValue(1);
    // Nothing is sent to the dead node any more.
    callAllTheTime();
    var after = answered.get();
    await().until(() -> answered.get() > after + 100);
    awaitAnswersToAll();
    assertThat(lost).hasValue(0);
  }

  private static void answer(ClusterNode node, String address) {
    TestNode.await(node.bus().consume(address, message -> message.reply(null)).completion());
  }

  /** Takes the first node out of the cluster without notice; it may still send messages. */
  private void die() {
    Hazelcast.getAllHazelcastInstances().stream()
        .filter(one -> one.getCluster().getLocalMember().getAddress().getPort() == firstPort)
        .findFirst()
        .orElseThrow()
        .getLifecycleService()
        .terminate();
    TestNode.await(first.vertx().close().otherwiseEmpty());
    cluster.forget(first);
  }
}
