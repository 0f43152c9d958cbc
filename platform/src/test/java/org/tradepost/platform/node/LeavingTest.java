package org.tradepost.platform.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RepeatPolicy;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.FrozenMember;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/**
 * Two nodes serve the same operation and a third calls it all the time. Then one leaves or stalls.
 */
class LeavingTest {

  private static final Operation<Empty, Empty> WORK =
      Operation.internal("work.v1.do", Empty.class, Empty.class);

  private static final long TIMEOUT_MILLIS = 6_000;

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger servedByFirst = new AtomicInteger();
  private final Set<String> answeredAt = ConcurrentHashMap.newKeySet();
  private final List<String> called = new CopyOnWriteArrayList<>(List.of(WORK.address()));
  private final TestCluster cluster = new TestCluster();
  private ClusterNode caller;
  private ClusterNode first;
  private ClusterNode second;
  private ServiceTokens tokens;
  private long timer;
  private int firstPort;

  /** Takes a moment for each request. */
  private static final class WorkVerticle extends VerticleBase {
    private final Service service;
    private final AtomicInteger served;

    private WorkVerticle(ClusterNode node, AtomicInteger served) {
      this.service = new Service(node, "work");
      this.served = served;
    }

    @Override
    public Future<?> start() {
      return service
          .serve(
              WORK,
              (request, call) -> {
                served.incrementAndGet();
                return vertx.timer(20).map(done -> Empty.NOTHING);
              })
          .start();
    }

    @Override
    public Future<?> stop() {
      return service.stop();
    }
  }

  @BeforeEach
  void start() {
    caller = cluster.start("caller");
    var config = cluster.config("first", Map.of());
    firstPort = config.cluster().port();
    first = cluster.start(config);
    second = cluster.start("second");
    TestNode.await(first.deploy(new WorkVerticle(first, servedByFirst)));
    TestNode.await(second.deploy(new WorkVerticle(second, new AtomicInteger())));
    tokens = new ServiceTokens(caller.vertx(), "caller", TestNode.SECRET);
    callAllTheTime();
    await().until(() -> answered.get() > 100);
  }

  @AfterEach
  void stop() {
    caller.vertx().cancelTimer(timer);
    cluster.stop();
  }

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
    die();
    TestNode.await(request);
    assertThat(asked).hasValue(1);
    // Nothing is sent to the dead node any more.
    awaitAnswersToAll();
    var before = lost.get();
    callAllTheTime();
    var after = answered.get();
    await().until(() -> answered.get() > after + 100);
    awaitAnswersToAll();
    assertThat(lost).hasValue(before);
  }

  @Test
  void a_node_that_continues_after_a_stall_rejects_no_request() {
    var continues = new CountDownLatch(1);
    try {
      TestNode.stall(first, continues);
      await().until(() -> first.eventLoopStall().millis() > 2 * TIMEOUT_MILLIS);
      awaitAnswersToAll();
      var before = lost.get();
      callAllTheTime();
      continues.countDown();
      var after = servedByFirst.get();
      await().until(() -> servedByFirst.get() > after + 100);
      awaitAnswersToAll();
      assertThat(lost).hasValue(before);
    } finally {
      continues.countDown();
    }
  }

  private static void answer(ClusterNode node, String address) {
    TestNode.await(node.bus().consume(address, message -> message.reply(null)).completion());
  }

  private void callAllTheTime() {
    timer = caller.vertx().setPeriodic(2, due -> call());
  }

  private void awaitAnswersToAll() {
    caller.vertx().cancelTimer(timer);
    await().until(() -> open.get() == 0);
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

  private void call() {
    var address = called.get(ThreadLocalRandom.current().nextInt(called.size()));
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.AUTHORIZATION, tokens.token());
    open.incrementAndGet();
    caller
        .bus()
        .send(address, Buffer.buffer("{}"), headers, TIMEOUT_MILLIS)
        .onSuccess(reply -> answered.incrementAndGet())
        .onSuccess(reply -> answeredAt.add(address))
        .onFailure(failure -> lost.incrementAndGet())
        .onComplete(done -> open.decrementAndGet());
  }
}
