package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class StartTimesTest {

  @Test
  void prints_the_parts_in_their_order_and_what_was_done_at_once_beside_each_other() {
    var times = new StartTimes(System.nanoTime()).stage("one", "two").stage("three");
    Promise<String> two = Promise.promise();
    var started = times.ofFuture("two", two::future);
    times.run("three", () -> {});
    assertThat(times.of("one", () -> "done")).isEqualTo("done");
    two.complete("done");
    assertThat(started.result()).isEqualTo("done");
    assertThat(times.text()).matches("[0-9.]+ s: one [0-9.]+ beside two [0-9.]+, three [0-9.]+");
  }
}
