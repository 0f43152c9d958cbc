package org.tradepost.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final List<String> taken = new ArrayList<>();
  private final Shutdown shutdown = new Shutdown();

  @Test
  void takes_the_last_step_first_and_each_once() {
    shutdown.add(() -> taken.add("data"));
    shutdown.add(() -> taken.add("database"));
    shutdown.add(() -> taken.add("services"));
    shutdown.run();
    shutdown.run();
    assertThat(taken).containsExactly("services", "database", "data");
  }

  @Test
  void goes_on_after_a_step_that_fails() {
    shutdown.add(() -> taken.add("database"));
    shutdown.add(
        () -> {
          throw new IllegalStateException("a step that fails, on purpose");
        });
    shutdown.run();
    assertThat(taken).containsExactly("database");
  }

  @Test
  void takes_a_step_that_comes_too_late_at_once() {
    shutdown.run();
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> shutdown.add(() -> taken.add("late")));
    assertThat(taken).containsExactly("late");
  }

  @Test
  void waits_for_a_start_in_progress_and_stops_what_it_has_started() {
    var mayStart = new CompletableFuture<String>();
    shutdown.add(() -> taken.add("data"));
    var database = shutdown.addStarting("database", mayStart::join, taken::add);
    shutdown.add(() -> mayStart.complete("database"));
    shutdown.run();
    assertThat(database).isCompletedWithValue("database");
    assertThat(taken).containsExactly("database", "data");
  }

  @Test
  void has_nothing_to_stop_of_a_start_that_failed() {
    var database =
        shutdown.<String>addStarting(
            "database",
            () -> {
              throw new CommandFailure("failed, on purpose");
            },
            taken::add);
    shutdown.run();
    assertThat(database).isCompletedExceptionally();
    assertThat(taken).isEmpty();
  }
}
