package org.tradepost.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tradepost.platform.testing.TestNode;

@ExtendWith(VertxExtension.class)
class PeriodicTasksTest {

  private final List<String> done = new ArrayList<>();

  @Test
  void a_failing_task_does_not_keep_the_others_from_being_done(Vertx vertx) {
    run(tasks(vertx, () -> Future.failedFuture("no broom"), task("sweep", 1)));
    assertThat(done).containsExactly("sweep");
  }

  @Test
  void a_task_goes_on_while_there_is_more_to_do(Vertx vertx) {
    run(tasks(vertx, task("sweep", 3), task("dust", 1)));
    assertThat(done).containsExactly("sweep", "sweep", "sweep", "dust");
  }

  @Test
  void a_stop_waits_for_the_current_step_and_no_other_begins(Vertx vertx) {
    Promise<Boolean> step = Promise.promise();
    var periodic = tasks(vertx, step::future, task("dust", 1));
    var run = periodic.run();
    var end = periodic.stop();
    assertThat(end.isComplete()).isFalse();
    step.complete(true);
    TestNode.await(end);
    assertThat(run.succeeded()).isTrue();
    assertThat(done).isEmpty();
  }

  @Test
  void zero_days_means_that_nothing_is_removed() {
    var never = PeriodicTasks.removeOlderThan(0, days -> Future.failedFuture("it was removed"));
    assertThat(never.step().result()).isFalse();
    assertThat(
            PeriodicTasks.removeOlderThan(3, days -> Future.succeededFuture(days == 3))
                .step()
                .result())
        .isTrue();
  }

  private static PeriodicTasks tasks(Vertx vertx, PeriodicTasks.Task... tasks) {
    return new PeriodicTasks(vertx, Duration.ofHours(1), List.of(tasks));
  }

  private static void run(PeriodicTasks periodic) {
    TestNode.await(periodic.run());
  }

  private PeriodicTasks.Task task(String name, int steps) {
    return () -> {
      done.add(name);
      return Future.succeededFuture(done.stream().filter(name::equals).count() < steps);
    };
  }
}
