package org.tradepost.launcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Ports;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.rest.RestRequest;
import picocli.CommandLine;

class EventsCommandTest {
  private static final String CANCELLED = "00000000-0000-4000-8000-000000000001";
  private static final String PLACED = "00000000-0000-4000-8000-000000000002";

  @TempDir static Path directory;
  private static TestSingleJvm shop;
  private static Settings login;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    shop = TestSingleJvm.startEmpty(directory);
    login = Settings.of(Map.of("TRADEPOST_ADMIN_PASSWORD", shop.administratorPassword()));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  /** Events 1 and 3 are parked, 2 waits behind 1, and 4 is still being delivered. */
  @BeforeEach
  void park() throws SQLException {
    ask(
        """
        truncate event, refused_event;
        insert into event (id, order_id, customer_id, sequence, type, time, data) overriding system value values
          (1, '%1$s', '%1$s', 1, 'OrderPlaced', now() - interval '3 hours', '{}'),
          (2, '%1$s', '%1$s', 2, 'OrderCancelled', now(), '{}'),
          (3, '%2$s', '%2$s', 1, 'OrderPlaced', now(), '{}'),
          (4, '%2$s', '%2$s', 2, 'OrderCancelled', now(), '{}');
        insert into refused_event (event_id, order_id, sequence, type, attempts, parked_at)
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
        .containsSubsequence(
            "1 ", CANCELLED, "1 ", "OrderPlaced", "12", "T", "Z", "2 OrderCancelled");
    assertThat(command("parked", "--json")).isZero();
    assertThat(printed())
        .contains("\"id\" : 1", "\"id\" : 3", "\"later\"", "\"type\" : \"OrderCancelled\"")
        .doesNotContain("\"id\" : 2");
  }

  @Test
  void lets_those_be_delivered_again_that_are_named() throws SQLException {
    assertThat(command("retry", "3")).isZero();
    assertThat(printed()).isEqualTo("1 event will be delivered again.");
    assertThat(parked()).isEqualTo("1");
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
    assertThat(ask("select count(*) from refused_event where discarded_at is not null"))
        .isEqualTo("1");
    assertThat(command("parked", "--json")).isZero();
    assertThat(printed()).doesNotContain("\"id\" : 1");
  }

  @Test
  void names_each_that_is_rejected_and_changes_the_others() throws SQLException {
    assertThat(command("discard", "1")).isZero();
    assertThat(command("discard", "1")).isZero();
    assertThat(command("retry", "1", "4", "99", "3")).isEqualTo(1);
    assertThat(printed().lines())
        .containsExactlyInAnyOrder(
            "Event 1 was discarded.",
            "Event 4 is still being delivered.",
            "There is no event 99, or it was delivered.",
            "1 event will be delivered again.");
    assertThat(parked()).isEqualTo("1");
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
  void says_why_it_could_not_be_tried() {
    var nowhere = Loopback.url(Ports.free(1).get(0));
    assertThat(command(login, "parked", "--url", nowhere.toString())).isEqualTo(2);
    assertThat(printed()).startsWith("No response from " + nowhere);
    assertThat(command(login, "parked", "--json", "--url", nowhere.toString())).isEqualTo(2);
    assertThat(printed()).contains("\"couldNotTry\" : \"No response from");
    assertThat(command(Settings.of(Map.of()), "parked", "--url", url())).isEqualTo(2);
    assertThat(printed()).startsWith("TRADEPOST_ADMIN_PASSWORD ");
    var wrong = Settings.of(Map.of("TRADEPOST_ADMIN_PASSWORD", "not the password"));
    assertThat(command(wrong, "parked", "--url", url())).isEqualTo(2);
    assertThat(printed()).startsWith("The login as admin@tradepost.example failed: ");
  }

  @Test
  void is_for_administrators() {
    var customer = Map.of("email", "robin@example.org", "password", "a blue kettle on fire");
    var registration = new HashMap<>(customer);
    registration.put("name", "Robin");
    shop.client().send(RestRequest.post("/v1/auth/register", registration));
    var robin =
        Settings.of(
            Map.of(
                "TRADEPOST_ADMIN_EMAIL", customer.get("email"),
                "TRADEPOST_ADMIN_PASSWORD", customer.get("password")));
    for (var words : new String[][] {{"parked"}, {"retry", "3"}, {"discard", "3"}}) {
      assertThat(command(robin, with(words, "--url", url()))).isEqualTo(2);
      assertThat(printed()).startsWith("The order service answers 403: ");
    }
    assertThat(shop.client().send(RestRequest.get("/v1/orders/parked-events")).status())
        .isEqualTo(401);
  }

  private int command(String... arguments) {
    return command(login, with(arguments, "--url", url()));
  }

  private int command(Settings settings, String... arguments) {
    printed.reset();
    return new CommandLine(new EventsCommand(Terminal.to(printed), () -> settings))
        .execute(arguments);
  }

  private static String[] with(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static String url() {
    return shop.client().base().toString();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** The ids of the parked events, discarded or not. */
  private static String parked() throws SQLException {
    return ask(
        "select coalesce(string_agg(event_id::text, ', ' order by event_id), '') from refused_event where parked_at is not null");
  }

  private static String ask(String sql) throws SQLException {
    return TestServer.ask(shop.databases().of("order"), sql);
  }
}
