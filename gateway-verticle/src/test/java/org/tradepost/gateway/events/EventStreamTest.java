package org.tradepost.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.RawClient;
import org.tradepost.gateway.TestGateway;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** The events of several services as they happen. */
class EventStreamTest {

  private static final String STREAM = "/v1/events/stream";
  private static ClusterNode node;
  private static TestTokens tokens;
  private static EventLogService diary;
  private static EventLogService ledger;
  private static TestGateway gateway;
  private static String admin;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    admin = "Bearer " + tokens.admin();
    diary = new EventLogService(node, "diary");
    ledger = new EventLogService(node, "ledger", "admin");
    TestNode.await(node.deploy(diary));
    TestNode.await(node.deploy(ledger));
    // The heartbeat interval is one second, and streams outlast the request timeout.
    gateway =
        TestGateway.start(
            node, "TRADEPOST_REQUEST_TIMEOUT_SECONDS", "4", "TRADEPOST_IDLE_TIMEOUT_SECONDS", "2");
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @BeforeEach
  void clear() {
    diary.clear();
    ledger.clear();
  }

  @Test
  void what_there_is_comes_first_and_then_what_happens() {
    diary.write("A");
    diary.write("B");
    try (var reader = open("")) {
      assertThat(reader.type()).isEqualTo("A");
      assertThat(reader.type()).isEqualTo("B");
      ledger.write("C");
      assertThat(reader.type()).isEqualTo("C");
      diary.write("D");
      assertThat(reader.type()).isEqualTo("D");
    }
  }

  @Test
  void a_reader_of_the_latest_is_told_what_happens_from_now_on() {
    diary.write("Old");
    try (var reader = open("?after=latest")) {
      diary.write("New");
      assertThat(reader.type()).isEqualTo("New");
    }
  }

  @Test
  void a_message_is_an_event_behind_its_cursor() {
    diary.write("A", null, "two\nlines and a \u2028");
    try (var reader = open("")) {
      var message = reader.next();
      assertThat(message.data().at("/data/text").asText()).isEqualTo("two\nlines and a \u2028");
      assertThat(message.data().path("id").asText()).isEqualTo("diary-1");
      assertThat(EventCursor.read(message.id(), null).place("diary")).hasValue("1");
    }
  }

  @Test
  void who_comes_again_misses_nothing_and_hears_nothing_twice() {
    var seen = new ArrayList<String>();
    var last = EventLogService.cursor();
    for (var round = 0; round < 30; round++) {
      diary.write("D" + round);
      ledger.write("L" + round);
      try (var reader = open("", "Last-Event-ID", last)) {
        seen.add(reader.type());
        last = reader.lastId;
      }
    }
    try (var reader = open("?after=" + last)) {
      while (seen.size() < 60) {
        seen.add(reader.type());
      }
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(numbers(seen, "D")).isSorted().hasSize(30);
    assertThat(numbers(seen, "L")).isSorted().hasSize(30);
  }

  @Test
  void the_last_id_wins_over_where_it_began() {
    diary.write("A");
    diary.write("B");
    var behindA = EventLogService.cursor("diary", "1");
    try (var reader = open("?after=" + EventLogService.cursor(), "Last-Event-ID", behindA)) {
      assertThat(reader.type()).isEqualTo("B");
    }
  }

  @Test
  void the_last_id_of_one_type_leads_on_among_its_type_alone() {
    diary.write("A");
    String last;
    try (var reader = open("?type=A")) {
      assertThat(reader.type()).isEqualTo("A");
      last = reader.lastId;
    }
    diary.write("B");
    diary.write("A");
    try (var reader = open("?type=A", "Last-Event-ID", last)) {
      assertThat(reader.type()).isEqualTo("A");
      assertThat(reader.lastId).isNotEqualTo(last);
    }
    var rejected = gateway.get(STREAM, "Authorization", admin, "Last-Event-ID", last);
    assertThat(rejected.code()).isEqualTo("INVALID_CURSOR");
    assertThat(rejected.json().at("/errors/0/pointer").asText()).isEqualTo("/Last-Event-ID");
  }

  @Test
  void a_full_page_is_not_all() {
    for (var i = 0; i < 3 * EventStream.PAGE; i++) {
      diary.write("D" + i);
    }
    try (var reader = open("")) {
      for (var i = 0; i < 3 * EventStream.PAGE; i++) {
        assertThat(reader.type()).isEqualTo("D" + i);
      }
    }
  }

  @Test
  void a_reader_knows_its_place_before_anything_happens() {
    diary.write("Old");
    String place;
    try (var reader = open("?after=latest")) {
      assertThat(reader.next().data()).isNull();
      place = reader.lastId;
    }
    diary.write("Missed");
    try (var reader = open("", "Last-Event-ID", place)) {
      assertThat(reader.type()).isEqualTo("Missed");
    }
  }

  @Test
  void the_heart_beats_with_the_place_for_longer_than_a_request_may_take() {
    try (var reader = open("?type=Nothing")) {
      for (var beat = 0; beat < 6; beat++) {
        assertThat(reader.next().data()).isNull();
      }
      diary.write("Other");
      await()
          .until(
              () ->
                  EventCursor.read(reader.next().id(), "Nothing")
                      .place("diary")
                      .equals(Optional.of("1")));
    }
  }

  @Test
  void while_a_service_is_unavailable_the_others_go_on() {
    var chronicle = new EventLogService(node, "chronicle");
    var there = TestNode.await(node.vertx().deployVerticle(chronicle));
    try (var reader = open("")) {
      // A service that joined after the stream began is read as well.
      chronicle.write("First");
      assertThat(reader.type()).isEqualTo("First");
      TestNode.await(node.vertx().undeploy(there));
      chronicle.write("Second");
      diary.write("Meanwhile");
      assertThat(reader.type()).isEqualTo("Meanwhile");
      try (var newcomer = open("", "Last-Event-ID", reader.lastId)) {
        TestNode.await(node.deploy(chronicle));
        assertThat(reader.type()).isEqualTo("Second");
        assertThat(newcomer.type()).isEqualTo("Second");
      }
    }
    chronicle.clear();
  }

  @Test
  void a_cursor_that_is_gone_gets_410_and_no_stream() {
    diary.write("A");
    diary.write("B");
    diary.removed = 2;
    var rejected =
        gateway.get(
            STREAM, "Authorization", admin, "Last-Event-ID", EventLogService.cursor("diary", "1"));
    assertThat(rejected.status()).isEqualTo(410);
    assertThat(rejected.code()).isEqualTo("CURSOR_GONE");
  }

  @Test
  void a_stream_ends_with_its_token() {
    var token = tokens.token("u1", Set.of(), "s1", Instant.now().plusSeconds(1));
    try (var reader =
        EventStreamReader.open(gateway.port(), "", "Authorization", "Bearer " + token)) {
      assertThat(reader.type()).isEqualTo("end");
      assertThat(reader.lastId).isNotNull();
    }
  }

  @Test
  void a_stream_ends_when_its_token_is_revoked() {
    var token = tokens.token("u1", Set.of(), "s2", Instant.now().plusSeconds(600));
    try (var reader =
        EventStreamReader.open(gateway.port(), "", "Authorization", "Bearer " + token)) {
      tokens.revoke("s2");
      assertThat(reader.type()).isEqualTo("end");
    }
  }

  @Test
  void no_more_streams_are_open_than_may_be() {
    var small =
        TestGateway.start(node, "TRADEPOST_STREAMS", "2", "TRADEPOST_CLIENT_SHARE_PERCENT", "100");
    try (var first = EventStreamReader.open(small.port(), "", "Authorization", admin)) {
      var second = EventStreamReader.open(small.port(), "", "Authorization", admin);
      var rejected = small.get(STREAM, "Authorization", admin);
      assertThat(rejected.status()).isEqualTo(503);
      assertThat(rejected.code()).isEqualTo("OVERLOADED");
      assertThat(rejected.header("retry-after")).isEqualTo("10");
      second.close();
      await().until(() -> small.send("HEAD", STREAM, null, "Authorization", admin).status() == 200);
      assertThat(first.next().data()).isNull();
    }
    small.stop();
  }

  @Test
  void a_gateway_that_leaves_ends_its_streams() {
    var leaving = TestGateway.start(node);
    try (var reader = EventStreamReader.open(leaving.port(), "", "Authorization", admin)) {
      assertThat(reader.next().data()).isNull();
      leaving.stop();
      assertThat(reader.type()).isEqualTo("end");
    }
  }

  @Test
  void who_reads_slowly_is_not_cut_off() {
    for (var i = 0; i < EventStream.PAGE; i++) {
      diary.write("Long", null, "x".repeat(20_000));
    }
    var strict = TestGateway.start(node, "TRADEPOST_STREAM_DRAIN_SECONDS", "2");
    try (var slow = RawClient.withReceiveBuffer(strict.port(), 65_536)) {
      slow.send("GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n".formatted(STREAM, admin));
      var received = new AtomicInteger();
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                var more = slow.readBytes(16_384);
                assertThat(more).isPositive();
                // Not everything, since the last read may return fewer bytes.
                return received.addAndGet(more) > 900_000;
              });
    }
    strict.stop();
  }

  @Test
  void who_does_not_read_is_cut_off_and_nothing_is_hoarded() {
    var text = "x".repeat(20_000);
    for (var i = 0; i < 20 * EventStream.PAGE; i++) {
      diary.write("Long", null, text);
    }
    diary.reads.clear();
    var strict =
        TestGateway.start(node, "TRADEPOST_STREAM_DRAIN_SECONDS", "1", "TRADEPOST_STREAMS", "1");
    try (var idler = RawClient.withSmallBuffer(strict.port())) {
      idler.send(
          "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n".formatted(STREAM, admin));
      await().until(() -> !diary.reads.isEmpty());
      await()
          .until(() -> strict.send("HEAD", STREAM, null, "Authorization", admin).status() == 200);
      assertThat(diary.reads.size())
          .as("pages that were read, of the twenty that there are")
          .isLessThan(12);
      assertThat(idler.readAll()).doesNotEndWith("\r\n0\r\n\r\n");
    }
    strict.stop();
  }

  private static EventStreamReader open(String query, String... headers) {
    var all = new ArrayList<>(List.of("Authorization", admin));
    all.addAll(List.of(headers));
    return EventStreamReader.open(gateway.port(), query, all.toArray(String[]::new));
  }

  private static List<Integer> numbers(List<String> types, String prefix) {
    return types.stream()
        .filter(type -> type.startsWith(prefix))
        .map(type -> Integer.valueOf(type.substring(prefix.length())))
        .toList();
  }
}
