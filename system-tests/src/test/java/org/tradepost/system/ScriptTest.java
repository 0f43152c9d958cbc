package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code tradepost}, in any directory and run several times at once. */
@Tag("system")
class ScriptTest {

  @TempDir Path parent;
  private ScriptRuns runs;

  @BeforeEach
  void prepare() {
    runs = new ScriptRuns(parent);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(touch executed) `touch executed` \"$HOME\" 'x' \\ a;touch executed&c|d",
        "100%d%s {a}*?[b]#! ~ (c) @e=f, "
      })
  void runs_in_a_directory_of_any_name(String name) throws IOException {
    var checkout = runs.built(name);
    assertThat(runs.start(checkout, "--version").output()).startsWith("Tradepost ");
    assertThat(filesCalled("executed")).isEmpty();
  }

  @Test
  void is_found_by_a_relative_path_whatever_cdpath_says() throws IOException {
    runs.built("checkout");
    var elsewhere = Files.createDirectories(parent.resolve("elsewhere/checkout")).getParent();
    runs.environment("CDPATH", elsewhere + ":.");
    assertThat(runs.start(Path.of("checkout"), "--version").output()).startsWith("Tradepost ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a\nb"})
  void says_where_neither_maven_nor_a_jvm_could_run(String name) throws IOException {
    var run = runs.start(runs.built(name), "--version");
    assertThat(run.output()).startsWith("Tradepost cannot be built or run in ").contains("colon");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void says_what_it_cannot_write() throws IOException {
    var checkout = runs.fresh("checkout");
    // A file, which not even root can use as a directory.
    Files.createFile(checkout.resolve("order-verticle/target"));
    var run = runs.start(checkout, "--version");
    assertThat(run.output())
        .contains("Tradepost has to be built, and " + checkout + "/order-verticle/target cannot");
    assertThat(run.status()).isEqualTo(1);
    assertThat(runs.builds()).isZero();
  }

  @Test
  void several_at_once_wait_for_one_build() throws IOException {
    var checkout = runs.fresh("checkout");
    var first = runs.start(checkout, "--version");
    runs.awaitBuilds(1);
    var others = List.of(runs.start(checkout, "--version"), runs.start(checkout, "--version"));
    others.forEach(other -> other.await("Waiting for another ./tradepost"));
    runs.letBuild();
    assertThat(first.output()).contains("\nTradepost ");
    others.forEach(other -> assertThat(other.output()).contains("\nTradepost "));
    assertThat(runs.builds()).isEqualTo(1);
  }

  @Test
  void one_that_was_killed_leaves_the_build_to_the_next() throws IOException {
    var checkout = runs.fresh("checkout");
    var first = runs.start(checkout, "--version");
    runs.awaitBuilds(1);
    var second = runs.start(checkout, "--version");
    second.await("Waiting for another ./tradepost");
    first.kill();
    runs.awaitBuilds(2);
    runs.letBuild();
    assertThat(second.output()).contains("\nTradepost ");
  }

  @Test
  void a_build_is_not_taken_for_an_earlier_one_that_failed() throws IOException {
    var checkout = runs.fresh("checkout");
    Files.createFile(
        Files.createDirectory(checkout.resolve("launcher/target")).resolve("built.failed"));
    runs.letBuild();
    assertThat(runs.start(checkout, "--version").output()).contains("\nTradepost ");
  }

  private List<Path> filesCalled(String name) throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      return all.filter(file -> file.getFileName().toString().equals(name)).toList();
    }
  }
}
