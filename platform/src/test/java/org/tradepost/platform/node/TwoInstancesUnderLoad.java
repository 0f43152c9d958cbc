package org.tradepost.platform.node;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** Two nodes serve the same operation, and a third calls it all the time. */
abstract class TwoInstancesUnderLoad {

  private static final Operation<Empty, Empty> WORK =
      Operation.internal("work.v1.do", Empty.class, Empty.class);

  static final long TIMEOUT_MILLIS = 6_000;

  final AtomicInteger answered = new AtomicInteger();
  final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  final AtomicInteger servedByFirst = new AtomicInteger();
  final Set<String> answeredAt = ConcurrentHashMap.newKeySet();
  final List<String> called = new CopyOnWriteArrayList<>(List.of(WORK.address()));
  final TestCluster cluster = new TestCluster();
  ClusterNode caller;
  ClusterNode first;
  ClusterNode second;
  private ServiceTokens tokens;
  private long timer;
  int firstPort;

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

  void callAllTheTime() {
    timer = caller.vertx().setPeriodic(2, due -> call());
  }

  void awaitAnswersToAll() {
    caller.vertx().cancelTimer(timer);
    await().until(() -> open.get() == 0);
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
