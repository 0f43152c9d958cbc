package org.tradepost.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.management.Condition;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestCluster;
import org.tradepost.platform.testing.TestNode;

/** Two instances serve the same operation; one cannot, because something it needs is missing. */
class ServiceRegistrationTest {

  private static final Operation<Empty, Empty> WORK =
      Operation.internal("work.v1.do", Empty.class, Empty.class);
  private static final int CALLS = 40;

  private final TestCluster cluster = new TestCluster();
  private final ClusterNode caller = cluster.start("caller");
  private Worker healthy;
  private Worker broken;

  /** Serves, or fails while what it needs is missing. */
  private static final class Worker extends VerticleBase {
    private final AtomicInteger asked = new AtomicInteger();
    private final Service service;
    private final ClusterNode node;
    private volatile Future<Void> need;
    private volatile boolean worksWithout;

    private Worker(ClusterNode node, Future<Void> need) {
      this.node = node;
      this.need = need;
      this.service = new Service(node, "work");
    }

    @Override
    public Future<?> start() {
      return service.require("tools", () -> need).serve(WORK, (request, call) -> work()).start();
    }

    private Future<Empty> work() {
      asked.incrementAndGet();
      return need.succeeded() || worksWithout
          ? Future.succeededFuture(Empty.NOTHING)
          : Future.failedFuture(ServiceException.unavailable("no tools"));
    }

    @Override
    public Future<?> stop() {
      return service.stop();
    }
  }

  @BeforeEach
  void start() {
    healthy = deploy("healthy", Future.succeededFuture());
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void an_instance_that_starts_without_what_it_needs_is_asked_nothing_until_it_has_it() {
    broken = deploy("broken", Future.failedFuture("no tools"));
    assertThat(failures()).isZero();
    assertThat(broken.asked).hasValue(0);
    broken.need = Future.succeededFuture();
    await().until(this::bothAreAsked);
    assertThat(failures()).isZero();
  }

  @Test
  void an_instance_that_loses_what_it_needs_is_asked_nothing_until_it_has_it_again() {
    broken = deploy("broken", Future.succeededFuture());
    await().until(this::bothAreAsked);
    broken.need = Future.failedFuture("no tools");
    await().until(() -> failures() == 0);
    assertThat(askedOf(broken)).isZero();
    broken.need = Future.succeededFuture();
    await().until(this::bothAreAsked);
    assertThat(failures()).isZero();
  }

  @Test
  void the_only_instance_is_not_taken_out_for_a_check_that_fails_for_a_moment() {
    healthy.worksWithout = true;
    healthy.need = Future.failedFuture("no tools for a moment");
    await().until(() -> healthy.node.health().troubles().containsKey("tools"));
    assertThat(failures()).isZero();
    healthy.need = Future.succeededFuture();
    await().until(() -> healthy.node.health().troubles().isEmpty());
    assertThat(failures()).isZero();
    healthy.need = Future.failedFuture("no tools for good");
    await().until(() -> failures() == CALLS);
  }

  @Test
  void while_all_lack_what_they_need_the_answer_is_that_the_service_is_unavailable() {
    healthy.need = Future.failedFuture("no tools");
    await()
        .untilAsserted(
            () -> {
              var failure =
                  TestNode.await(call().<Throwable>map(answered -> null).otherwise(f -> f));
              assertThat(failure)
                  .isInstanceOfSatisfying(
                      ServiceException.class,
                      rejection -> assertThat(rejection.is(CommonError.UNAVAILABLE)).isTrue());
            });
    healthy.need = Future.succeededFuture();
    await().until(() -> failures() == 0);
  }

  @Test
  void what_is_announced_is_what_is_served_whatever_it_had_while_it_started() {
    var node = cluster.start("wavering");
    for (var i = 0; i < 20; i++) {
      var wavering = new Wavering(node);
      var deployment = TestNode.await(node.deploy(wavering));
      wavering.settle();
      await().until(() -> caller.directory().count("work") == 2);
      TestNode.await(node.vertx().undeploy(deployment));
    }
  }

  /** Its need comes and goes every millisecond until {@link #settle} is called. */
  private static final class Wavering extends VerticleBase {
    private final ClusterNode node;
    private final AtomicInteger checks = new AtomicInteger();
    private final Condition tools;
    private ServiceRegistration registration;
    private volatile boolean settled;

    private Wavering(ClusterNode node) {
      this.node = node;
      this.tools = Condition.watch(node.vertx(), "tools", this::tools);
    }

    private Future<Void> tools() {
      return settled || checks.getAndIncrement() % 2 == 0
          ? Future.succeededFuture()
          : Future.failedFuture("no tools");
    }

    @Override
    public Future<?> start() {
      vertx.setPeriodic(1, due -> tools.check());
      Consumer<Message<Buffer>> nobody = message -> {};
      var description = ApiDescription.load("work");
      registration =
          new ServiceRegistration(
              node,
              description,
              Map.of(
                  DescriptionQuery.of(description.service()).address(),
                  nobody,
                  WORK.address(),
                  nobody),
              List.of(tools));
      return registration.start();
    }

    private void settle() {
      settled = true;
    }

    @Override
    public Future<?> stop() {
      tools.stop();
      return registration.stop();
    }
  }

  private Worker deploy(String name, Future<Void> need) {
    var node = cluster.start(name);
    var worker = new Worker(node, need);
    TestNode.await(node.deploy(worker));
    return worker;
  }

  private boolean bothAreAsked() {
    return askedOf(broken) > 0 && askedOf(healthy) > 0;
  }

  private int askedOf(Worker worker) {
    worker.asked.set(0);
    failures();
    return worker.asked.get();
  }

  private Future<Empty> call() {
    return TestNode.call(caller, WORK, Empty.NOTHING);
  }

  private int failures() {
    var failures = 0;
    for (var i = 0; i < CALLS; i++) {
      failures += TestNode.await(call().map(answered -> 0).otherwise(1));
    }
    return failures;
  }
}
