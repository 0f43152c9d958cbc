package org.tradepost.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.platform.config.Loopback;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.audit.AuditReport;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.audit.DatabaseUnreadable;

class AuditTest {
  @TempDir static Path directory;
  private static AuditTestDatabases shops;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws SQLException {
    shops = AuditTestDatabases.start(directory);
  }

  @AfterAll
  static void stop() {
    shops.close();
  }

  static Stream<Mutation> mutations() {
    return Stream.of(StockMutations.ALL, HoldMutations.ALL, OrderMutations.ALL, EventMutations.ALL)
        .flatMap(List::stream);
  }

  @Test
  void finds_nothing_in_a_healthy_shop() throws SQLException {
    var report = new Audit(shops.orders(""), shops.product("")).run(Duration.ZERO);
    assertThat(named(report)).isEmpty();
    assertThat(report.findings().values()).hasSize(9).allMatch(finding -> finding.rows() > 0);
    assertThat(report.text()).endsWith("Clean.");
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void names_the_invariant_and_the_row(Mutation mutation) throws SQLException {
    var report =
        new Audit(shops.orders(mutation.orders()), shops.product(mutation.product()))
            .run(Duration.ZERO);
    assertThat(named(report))
        .containsExactly(mutation.invariant() + " " + ConsistentDatabases.id(mutation.id()));
  }

  @Test
  void ignores_what_the_next_pass_does_not_find() throws SQLException {
    var product =
        shops.product(
            "update hold set expires_at = now() - interval '1 second' where order_id = '{writing}'");
    Runnable sweep = () -> shops.change(product, "update hold set expires_at = now() + '1 day'");
    var report = new Audit(shops.orders(""), product, sweep).run(Duration.ofMinutes(1));
    assertThat(named(report)).isEmpty();
    assertThat(report.waited()).isPositive();
    assertThat(report.text()).containsPattern("Waited \\d+ s for what was in flight\\. Clean\\.");
  }

  @Test
  void ignores_what_each_pass_finds_in_another_row() throws SQLException {
    var product =
        shops.product(
            "update hold set expires_at = now() - interval '1 second' where order_id = '{writing}'");
    Runnable sweep =
        () ->
            shops.change(
                product,
                """
                update hold set expires_at = now() + case order_id when '{placing}' then -1 else 1 end * interval '1 day'
                """);
    assertThat(named(new Audit(shops.orders(""), product, sweep).run(Duration.ofMinutes(1))))
        .isEmpty();
  }

  @Test
  void reports_what_stays() throws SQLException {
    var product =
        shops.product(
            "update hold set expires_at = now() - interval '1 second' where order_id = '{writing}'");
    var report = new Audit(shops.orders(""), product).run(Duration.ofMillis(700));
    assertThat(named(report)).containsExactly("I5 " + ConsistentDatabases.id("writing"));
    assertThat(report.waited()).isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void shows_ten_and_counts_all() throws SQLException {
    var many =
        """
        insert into event (order_id, customer_id, sequence, type, time, data)
        select gen_random_uuid(), gen_random_uuid(), 1, 'OrderPlaced', now(), '{}' from generate_series(1, 25);
        """;
    var report = new Audit(shops.orders(many), shops.product("")).run(Duration.ZERO);
    assertThat(report.text()).contains("I8, 25 violations:", "and 15 more");
    assertThat(report.json()).contains("\"violations\" : 25").contains("\"clean\" : false");
    assertThat(report.json().split("\"what\"")).hasSize(1 + 10);
  }

  @Test
  void lists_what_is_parked_and_holds_it_against_nobody() throws SQLException {
    var parked =
        """
        insert into refused_event (event_id, order_id, sequence, type)
        select id, order_id, sequence, type from event where order_id = '{cancelling}' and sequence = 1;
        update event set time = now() - interval '1 hour' where order_id = '{cancelling}';
        update refused_event set attempts = 12, parked_at = case sequence when 1 then now() end
         where order_id = '{cancelling}';
        """;
    var report = new Audit(shops.orders(parked), shops.product("")).run(Duration.ZERO);
    assertThat(named(report)).isEmpty();
    assertThat(report.text())
        .contains(ConsistentDatabases.id("cancelling") + "/1  OrderPlaced, after 12 attempts");
  }

  @Test
  void lists_what_was_discarded_and_takes_it_for_no_acknowledgement() throws SQLException {
    var discarded =
        """
        update event set time = now() - interval '1 hour' where order_id = '{cancelling}' and sequence = 2;
        update refused_event set parked_at = now(), discarded_at = now(), attempts = 12
         where order_id = '{cancelling}' and sequence = 2;
        """;
    var report = new Audit(shops.orders(discarded), shops.product("")).run(Duration.ZERO);
    assertThat(named(report)).containsExactly("I4 " + ConsistentDatabases.id("cancelling"));
    assertThat(report.text())
        .contains("CANCELLED and discarded, its hold is COMMITTED")
        .contains(ConsistentDatabases.id("cancelling") + "/2  OrderCancelled, after 12 attempts");
  }

  @Test
  void says_which_database_is_unavailable() {
    var unavailable =
        new AuditedDatabase(
            "order", "postgresql://" + Loopback.hostAndPort(1) + "/orders", "audit", "secret");
    assertThatExceptionOfType(DatabaseUnreadable.class)
        .isThrownBy(() -> new Audit(unavailable, shops.product("")).run(Duration.ZERO))
        .withMessageStartingWith(
            "Cannot read the order database (postgresql://" + Loopback.hostAndPort(1) + "/")
        .withMessageContaining("refused");
  }

  @Test
  void says_what_it_could_not_read() {
    assertThatExceptionOfType(DatabaseUnreadable.class)
        .isThrownBy(
            () ->
                new Audit(shops.orders("drop table refused_event cascade"), shops.product(""))
                    .run(Duration.ZERO))
        .withMessageContaining("the order database")
        .withMessageContaining("relation \"undelivered\" does not exist");
  }

  @Test
  void its_exit_status_is_the_result() throws SQLException {
    assertThat(command("--wait", "0")).isEqualTo(0);
    assertThat(printed()).endsWith("Clean.");
    var product = shops.product("");
    shops.change(product, "update stock set reserved = reserved + 1 where product_id = '{tea}'");
    assertThat(command("--wait", "0", "--json")).isEqualTo(1);
    assertThat(printed()).startsWith("{").contains("\"id\" : \"" + ConsistentDatabases.TEA + "\"");
    shops.change(product, "update stock set reserved = reserved - 1 where product_id = '{tea}'");
  }

  private int command(String... options) {
    printed.reset();
    return Main.commandLine(Terminal.to(printed))
        .execute(
            Stream.concat(Stream.of("audit", "--data", directory.toString()), Stream.of(options))
                .toArray(String[]::new));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update orders set total = 0",
        "delete from event",
        "create table mine (id int)",
        "create temporary table mine (id int)"
      })
  void cannot_write_even_when_it_tries(String sql) {
    var role = shops.asAudit("orders");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestServer.ask(role, sql))
        .withMessageContaining("read-only transaction");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> TestServer.ask(role, "set default_transaction_read_only = off; commit; " + sql))
        .withMessageContaining("permission denied");
  }

  @Test
  void has_no_access_to_the_accounts() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestServer.ask(shops.asAudit("auth"), "select 1"))
        .withMessageContaining("permission denied for database");
  }

  /** The violated invariants with the ids of rows; for an event, with the id of its order. */
  private static List<String> named(AuditReport report) {
    return report.findings().entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().violations().keySet().stream()
                    .map(id -> entry.getKey() + " " + id.replaceFirst("/.*", "")))
        .toList();
  }
}
