package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.Services;

class SingleJvmTest {
  private static TestSingleJvm shop;

  @BeforeAll
  static void start() {
    shop = TestSingleJvm.shared();
  }

  @Test
  void serves_a_customer_from_registration_to_cancellation() {
    assertThat(shop.faultsOfDemo()).isEmpty();
  }

  @Test
  void sends_a_customer_each_event_once_and_in_order_although_the_stream_breaks_fifty_times()
      throws Exception {
    try (var buyers = new StreamBuyers(shop.client())) {
      var customer = buyers.newCustomer();
      var stream = new CutStream(shop.client().base(), customer);
      Collection<String> orders = buyers.buyAs(customer);
      Collection<String> more = buyers.buyAs(customer);
      buyers.buyAs(buyers.newCustomer());
      var random = new Random(1);
      for (var cut = 0; cut < 50; cut++) {
        stream.read(1 + random.nextInt(20));
      }
      buyers.stop();

      orders.addAll(more);
      var all = 2 * orders.size();
      while (stream.events().size() < all) {
        // The two lines at the beginning of a stream, and three for each event.
        stream.read(2 + 3 * (all - stream.events().size()));
      }
      // Up to the first position, before which any undelivered event would arrive.
      stream.read(4);
      assertThat(typesByOrder(stream.events()))
          .containsOnlyKeys(orders)
          .allSatisfy(
              (order, types) ->
                  assertThat(types).containsExactly("1 OrderPlaced", "2 OrderCancelled"));
    }
  }

  @Test
  void is_found_by_the_command_that_shows_its_state() {
    // On a busy machine, what takes too long to answer is not known at that moment.
    await()
        .untilAsserted(
            () -> {
              var topology = new ObjectMapper().readTree(state());
              assertThat(topology.at("/nodes/0/unresponsive").asBoolean(true)).isFalse();
              assertThat(topology.path("services").findValuesAsText("service"))
                  .containsExactlyInAnyOrderElementsOf(Services.BUILT_IN.names());
              assertThat(topology.at("/nodes/0/metrics").findValuesAsText("kind"))
                  .contains("service", "queue", "backlog");
              assertThat(topology.at("/nodes/0/metrics").findValues("unknown")).isEmpty();
            });
  }

  private static byte[] state() {
    var printed = new ByteArrayOutputStream();
    var status =
        Main.commandLine(Terminal.to(printed))
            .execute("status", "--json", "--data", shop.data().toString());
    assertThat(status).isZero();
    return printed.toByteArray();
  }

  private static Map<String, List<String>> typesByOrder(List<JsonNode> events) {
    var types = new HashMap<String, List<String>>();
    for (var event : events) {
      types
          .computeIfAbsent(event.path("subject").asText(), order -> new ArrayList<>())
          .add(event.path("sequence").asInt() + " " + event.path("type").asText());
    }
    return types;
  }

  @Test
  void keeps_the_auth_role_out_of_the_orders_database() {
    var databases = shop.databases();
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                TestServer.ask(
                    "jdbc:" + databases.of("order").url(), databases.of("auth"), "select 1"))
        .withMessageContaining("permission denied for database \"orders\"");
  }

  @Test
  void runs_beside_another_without_meeting_it(@TempDir Path elsewhere) {
    try (var other = TestSingleJvm.startEmpty(elsewhere)) {
      assertThat(other.products()).isZero();
      assertThat(shop.faultsOfDemo()).isEmpty();
    }
  }

  @Test
  void rejects_a_port_that_is_taken_before_it_touches_anything(@TempDir Path elsewhere) {
    var data = elsewhere.resolve("data");
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> TestSingleJvm.startAt(shop.port(), data))
        .withMessageContaining("is taken by another program; choose another with --port");
    assertThat(data).doesNotExist();
  }

  @Test
  void rejects_a_data_directory_that_is_in_use() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> TestSingleJvm.start(shop.data()))
        .withMessageContaining("is in use by another Tradepost");
  }
}
