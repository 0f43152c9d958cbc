package org.tradepost.launcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.platform.config.Settings;

class EventsCommandTest {
  private static final String CANCELLED = "00000000-0000-4000-8000-000000000001";
  private static final String PLACED = "00000000-0000-4000-8000-000000000002";

  @TempDir static Path directory;
  @TempDir Path elsewhere;
  private static TestServer server;
  private static ServiceDatabase orders;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    server = TestServer.start(directory);
    orders =
        new ServiceDatabase(server.url("orders"), "orders", server.secrets().password("orders"));
    Flyway.configure()
        .dataSource("jdbc:" + orders.url(), orders.user(), orders.password())
        .locations("classpath:db/order")
        .load()
        .migrate();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Events 1 and 3 are parked, 2 waits behind 1, and 4 is still tried. */
  @BeforeEach
  void park() throws SQLException {
    ask(
        """
        truncate event, outbox;
        insert into event (id, order_id, customer_id, sequence, type, time, data) overriding system value values
          (1, '%1$s', '%1$s', 1, 'OrderPlaced', now() - interval '3 hours', '{}'),
          (2, '%1$s', '%1$s', 2, 'OrderCancelled', now(), '{}'),
          (3, '%2$s', '%2$s', 1, 'OrderPlaced', now(), '{}'),
          (4, '%2$s', '%2$s', 2, 'OrderCancelled', now(), '{}');
        insert into outbox (event_id, order_id, sequence, type, attempts, parked_at)
        select id, order_id, sequence, type, case id when 2 then 0 when 4 then 1 else 12 end,
               case when id in (1, 3) then now() end
          from event;
        """
            .formatted(CANCELLED, PLACED));
  }

  @Test
  void lists_what_is_parked_and_what_waits_behind_it() {
    assertThat(command("parked")).isZero();
    assertThat(printed().lines().skip(1))
        .first()
        .asString()
        .containsSubsequence("1 ", CANCELLED, "1 ", "OrderPlaced", "3 h", "12", "2 OrderCancelled");
    assertThat(command("parked", "--json")).isZero();
    assertThat(printed())
        .contains("\"id\" : 1", "\"id\" : 3", "\"waitingBehind\" : [ \"2 OrderCancelled\" ]")
        .doesNotContain("\"id\" : 2");
  }

  @Test
  void lets_those_be_delivered_again_that_are_named() throws SQLException {
    assertThat(command("retry", "3")).isZero();
    assertThat(printed()).isEqualTo("1 event will be delivered again.");
    assertThat(parked()).isEqualTo("1");
    assertThat(ask("select count(*) from outbox where event_id = 3 and attempts = 0"))
        .isEqualTo("1");
  }

  @Test
  void lets_all_be_delivered_again() throws SQLException {
    assertThat(command("retry", "--all")).isZero();
    assertThat(parked()).isEmpty();
    assertThat(command("parked")).isZero();
    assertThat(printed()).isEqualTo("No event is parked.");
  }

  @Test
  void gives_up_those_that_are_named() throws SQLException {
    assertThat(command("discard", "1")).isZero();
    assertThat(parked()).isEqualTo("1, 3");
    assertThat(ask("select count(*) from outbox where discarded_at is not null")).isEqualTo("1");
    assertThat(command("parked", "--json")).isZero();
    assertThat(printed()).doesNotContain("\"id\" : 1");
  }

  @Test
  void changes_nothing_when_one_of_them_is_not_parked() throws SQLException {
    assertThat(command("discard", "1")).isZero();
    for (String verb : new String[] {"retry", "discard"}) {
      assertThat(command(verb, "3", "1", "4", "99")).isEqualTo(1);
      assertThat(printed().lines())
          .containsExactly(
              "Event 1 was discarded.",
              "Event 4 is not parked: it is still being tried.",
              "Event 99 is not there, or was delivered.",
              "Nothing was changed.");
    }
    assertThat(parked()).isEqualTo("1, 3");
  }

  @Test
  void requires_the_ids() throws SQLException {
    assertThat(command("retry")).isEqualTo(2);
    assertThat(command("retry", "1", "--all")).isEqualTo(2);
    assertThat(command("discard")).isEqualTo(2);
    assertThat(command("discard", "--all")).isEqualTo(2);
    assertThat(command("discard", "all")).isEqualTo(2);
    assertThat(command()).isEqualTo(2);
    assertThat(parked()).isEqualTo("1, 3");
  }

  @Test
  void says_that_nothing_runs_on_the_directory() {
    printed.reset();
    Main.commandLine(Console.to(printed))
        .execute("events", "retry", "1", "--data", elsewhere.toString());
    assertThat(printed()).startsWith("No Tradepost is running on ");
  }

  @Test
  void works_on_the_database_that_the_operator_names() {
    Settings settings =
        Settings.of(
            Map.of(
                "TRADEPOST_ORDER_DATABASE_URL", "postgresql://db1/orders",
                "TRADEPOST_ORDER_DATABASE_USER", "orders",
                "TRADEPOST_ORDER_DATABASE_PASSWORD", "secret"));
    assertThat(OrderDatabase.of(settings, elsewhere))
        .isEqualTo(new ServiceDatabase("postgresql://db1/orders", "orders", "secret"));
  }

  private int command(String... arguments) {
    printed.reset();
    return Main.commandLine(Console.to(printed))
        .execute(
            Stream.of(
                    Stream.of("events"),
                    Stream.of(arguments),
                    Stream.of("--data", directory.toString()))
                .flatMap(all -> all)
                .toArray(String[]::new));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** The ids of the events with that mark, discarded or not. */
  private static String parked() throws SQLException {
    return ask(
        "select coalesce(string_agg(event_id::text, ', ' order by event_id), '') from outbox where parked_at is not null");
  }

  private static String ask(String sql) throws SQLException {
    return TestServer.ask(orders, sql);
  }
}
