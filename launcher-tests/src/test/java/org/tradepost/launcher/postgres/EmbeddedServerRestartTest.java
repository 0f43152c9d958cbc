package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.launcher.services.ServiceDatabase;

@Tag("system")
class EmbeddedServerRestartTest {
  /** A data directory as a first start left it. */
  @TempDir static Path started;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    TestServer.start(started).close();
  }

  @Test
  void keeps_its_data_across_a_stop() throws Exception {
    copyStarted();
    try (var first = TestServer.start(directory)) {
      TestServer.ask(
          first.server().databases().of("order"), "create table kept as select 42 as answer");
    }
    try (var second = TestServer.start(directory)) {
      assertThat(TestServer.ask(second.server().databases().of("order"), "select answer from kept"))
          .isEqualTo("42");
      assertThat(second.printed()).isEmpty();
    }
  }

  @Test
  void gives_the_audit_its_role_where_there_was_none() throws Exception {
    copyStarted();
    try (var before = TestServer.start(directory)) {
      var superuser = before.secrets().superuser();
      for (var database : List.of("orders", "product")) {
        TestServer.ask(
            new ServiceDatabase(before.url(database), "postgres", superuser),
            "drop owned by audit");
      }
      TestServer.ask(
          new ServiceDatabase(before.url("postgres"), "postgres", superuser), "drop role audit");
    }
    var secrets = directory.resolve("secrets.properties");
    Files.writeString(secrets, Files.readString(secrets).replaceFirst("audit.password=.*\n", ""));
    try (var after = TestServer.start(directory)) {
      var audit =
          new ServiceDatabase(after.url("orders"), "audit", after.secrets().password("audit"));
      assertThat(TestServer.ask(audit, "show transaction_read_only")).isEqualTo("on");
    }
  }

  @Test
  void stops_within_seconds_and_for_good() throws Exception {
    copyStarted();
    var server = TestServer.start(directory);
    var start = Instant.now();
    server.close();
    server.server().close();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(Postmaster.serving(directory.toRealPath().resolve("postgres"))).isEmpty();
  }

  @Test
  void stops_the_server_that_a_killed_jvm_left_behind() throws Exception {
    var jvm = OrphanMaker.launch(directory);
    var output = jvm.inputReader();
    var port = output.lines().filter(line -> line.startsWith("port ")).findFirst().orElseThrow();
    jvm.destroyForcibly().waitFor();
    var postgres = directory.toRealPath().resolve("postgres");
    var orphan = Postmaster.serving(postgres).orElseThrow();
    try (var next = TestServer.start(directory)) {
      assertThat(next.printed()).contains("Stopping PostgreSQL (process " + orphan.pid() + ")");
      assertThat(orphan.process().isAlive()).isFalse();
      assertThat("port " + next.server().port()).isNotEqualTo(port);
      assertThat(TestServer.ask(next.server().databases().of("order"), "select answer from kept"))
          .isEqualTo("42");
    }
  }

  @Test
  void says_that_a_server_has_ended_which_nobody_stopped() throws Exception {
    copyStarted();
    try (var server = TestServer.start(directory)) {
      var running = Postmaster.serving(directory.toRealPath().resolve("postgres")).orElseThrow();
      running.process().destroyForcibly();
      await()
          .untilAsserted(
              () ->
                  assertThat(server.printed())
                      .contains("PostgreSQL (process " + running.pid() + ") has ended"));
    }
  }

  @Test
  void does_not_take_another_program_for_an_orphan() throws Exception {
    copyStarted();
    var pidFile = directory.resolve("postgres/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    try (var server = TestServer.start(directory)) {
      assertThat(server.printed()).isEmpty();
      assertThat(TestServer.ask(server.server().databases().of("auth"), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void starts_anew_after_an_interrupted_first_start() throws Exception {
    var data = DataDirectory.open(directory);
    Secrets.of(data);
    Files.createFile(data.initialising());
    Files.createDirectories(data.postgres().resolve("base"));
    Files.writeString(data.postgres().resolve("postgresql.conf"), "");
    data.close();
    try (var server = TestServer.start(data.path())) {
      assertThat(server.printed()).contains("creating the databases again");
      assertThat(TestServer.ask(server.server().databases().of("auth"), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void reports_the_last_log_line_of_a_server_that_does_not_start() throws Exception {
    copyStarted();
    Files.writeString(directory.resolve("postgres/postgresql.auto.conf"), "no_such_setting = 1\n");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> TestServer.start(directory))
        .withMessageContaining("postgresql.auto.conf\" contains errors");
  }

  /** A first start takes seconds; most tests are about a later one. */
  private void copyStarted() throws Exception {
    var copy = new ProcessBuilder("cp", "-a", started + "/.", directory.toString()).start();
    assertThat(copy.waitFor()).isZero();
  }
}
