package org.tradepost.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;

/** The order in which the parts of a service start and stop. */
class ServiceVerticleTest {

  private static final Operation<Empty, Empty> WORK =
      Operation.internal("work.v1.do", Empty.class, Empty.class);

  private static ClusterNode node;

  private final List<String> log = new CopyOnWriteArrayList<>();

  /** A service with two resources and the given tasks; events are written to the log. */
  private final class Work extends ServiceVerticle {
    private final List<Runnable> tasks = new ArrayList<>();
    private boolean serves = true;
    private boolean throwsFault;
    private boolean stopsCleanly = true;
    private Supplier<Future<Void>> preparation = Future::succeededFuture;

    private Work() {
      super(ServiceVerticleTest.node, "work");
    }

    private Work task(String name, Runnable start) {
      tasks.add(() -> inBackground(() -> note(name + " starts", start), stopping(name)));
      return this;
    }

    @Override
    protected Future<?> build(Service service) {
      onStop(stopping("one"));
      onStop(stopping("two"));
      if (throwsFault) {
        throw new IllegalStateException("it is broken");
      }
      tasks.forEach(Runnable::run);
      if (serves) {
        service.serve(WORK, (request, call) -> Future.succeededFuture(Empty.NOTHING));
      }
      return prepare(preparation);
    }

    private Supplier<Future<Void>> stopping(String name) {
      return () -> {
        note(name + " stops", () -> {});
        return stopsCleanly ? Future.succeededFuture() : Future.failedFuture("it is stuck");
      };
    }

    private void note(String what, Runnable then) {
      log.add(what + (isAnnounced() ? ", announced" : ""));
      then.run();
    }
  }

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @Test
  void tasks_run_while_the_service_is_announced_and_resources_are_closed_last() {
    var id = deploy(work());
    assertThat(log).containsExactly("red starts, announced", "blue starts, announced");
    log.clear();
    await(node.vertx().undeploy(id));
    assertThat(log).containsExactly("blue stops", "red stops", "two stops", "one stops");
  }

  @Test
  void a_service_that_cannot_start_closes_what_it_opened() {
    var work = work();
    work.serves = false;
    assertThatThrownBy(() -> deploy(work)).hasMessageContaining("work.v1.do");
    assertThat(log).containsExactly("two stops", "one stops");
  }

  @Test
  void what_is_thrown_while_a_service_is_built_closes_what_was_opened() {
    var work = work();
    work.throwsFault = true;
    assertThatThrownBy(() -> deploy(work)).hasMessage("it is broken");
    assertThat(log).containsExactly("two stops", "one stops");
  }

  @Test
  void a_preparation_is_repeated_until_the_database_can_be_used() {
    var failures =
        new ArrayDeque<>(
            List.of(ServiceException.unavailable("it is down"), ServiceException.overloaded()));
    var work = new Work();
    work.preparation =
        () ->
            failures.isEmpty() ? Future.succeededFuture() : Future.failedFuture(failures.remove());
    await(node.vertx().undeploy(deploy(work)));
    assertThat(failures).isEmpty();
  }

  @Test
  void a_preparation_that_fails_for_good_fails_the_start() {
    var work = new Work();
    work.preparation = () -> Future.failedFuture("it is broken");
    assertThatThrownBy(() -> deploy(work)).hasMessage("it is broken");
  }

  @Test
  void a_task_that_cannot_start_stops_the_service_and_the_tasks_before_it() {
    var work =
        work()
            .task(
                "broken",
                () -> {
                  throw new IllegalStateException("it is broken");
                })
            .task("late", () -> {});
    assertThatThrownBy(() -> deploy(work)).hasMessage("it is broken");
    assertThat(log)
        .containsExactly(
            "red starts, announced",
            "blue starts, announced",
            "broken starts, announced",
            "broken stops",
            "blue stops",
            "red stops",
            "two stops",
            "one stops");
  }

  @Test
  void a_part_that_does_not_stop_cleanly_keeps_no_other_from_stopping() {
    var work = work();
    work.stopsCleanly = false;
    var id = deploy(work);
    log.clear();
    await(node.vertx().undeploy(id));
    assertThat(log).containsExactly("blue stops", "red stops", "two stops", "one stops");
  }

  private Work work() {
    return new Work().task("red", () -> {}).task("blue", () -> {});
  }

  private static String deploy(ServiceVerticle verticle) {
    return await(node.vertx().deployVerticle(verticle));
  }

  private static boolean isAnnounced() {
    return node.directory().count("work") > 0;
  }
}
