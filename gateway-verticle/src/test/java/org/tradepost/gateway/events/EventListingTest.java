package org.tradepost.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradepost.platform.testing.TestNode.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.gateway.events.EventReader.EventRound;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** The events of several services, page by page. */
class EventListingTest {

  private static ClusterNode node;
  private static TestTokens tokens;
  private static EventLogService diary;
  private static EventLogService ledger;
  private static EventLogService chronicle;
  private static String chronicleId;
  private static TestGateway gateway;
  private static String admin;
  private static String customer;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    admin = "Bearer " + tokens.admin();
    customer = "Bearer " + tokens.customer("u1");
    diary = new EventLogService(node, "diary");
    ledger = new EventLogService(node, "ledger", "admin");
    await(node.deploy(diary));
    chronicle = new EventLogService(node, "chronicle");
    await(node.deploy(ledger));
    chronicleId = await(node.vertx().deployVerticle(chronicle));
    gateway = TestGateway.start(node);
  }

  @AfterAll
  static void stop() {
    await(node.stop());
  }

  @BeforeEach
  void clear() {
    diary.clear();
    ledger.clear();
    chronicle.clear();
  }

  @Test
  void events_of_all_services_come_in_the_order_of_time() {
    diary.write("A");
    ledger.write("B");
    diary.write("C");
    var page = read(admin, "");
    assertThat(types(page)).containsExactly("A", "B", "C");
    assertThat(page.json().path("items").get(0).path("id").asText()).isEqualTo("diary-1");
    assertThat(page.header("content-type")).isEqualTo("application/json");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.json().has("away")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void page_by_page_each_event_is_read_once(int limit) {
    for (var i = 0; i < 6; i++) {
      diary.write("D" + i);
      ledger.write("L" + i);
    }
    var seen = new ArrayList<String>();
    var page = read(admin, "?limit=" + limit);
    while (!types(page).isEmpty()) {
      assertThat(types(page)).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(types(page));
      page = read(admin, "?limit=" + limit + "&after=" + next(page));
    }
    assertThat(seen).hasSize(12).doesNotHaveDuplicates();
    assertThat(seen.stream().filter(type -> type.startsWith("D"))).isSorted();
    assertThat(seen.stream().filter(type -> type.startsWith("L"))).isSorted();
    diary.write("Later");
    assertThat(types(read(admin, "?after=" + next(page)))).containsExactly("Later");
  }

  @Test
  void a_service_whose_roles_the_caller_lacks_is_not_asked() {
    ledger.write("Secret");
    diary.write("Mine", "u1", "");
    diary.write("Hers", "u2", "");
    assertThat(types(read(customer, ""))).containsExactly("Mine");
    assertThat(ledger.reads).isEmpty();
    assertThat(diary.reads).isNotEmpty();
  }

  @Test
  void a_type_alone_can_be_read() {
    diary.write("A");
    diary.write("B");
    ledger.write("A");
    assertThat(types(read(admin, "?type=A"))).containsExactly("A", "A");
  }

  @Test
  void a_cursor_of_one_type_leads_on_among_its_type_alone() {
    diary.write("A");
    diary.write("B");
    var cursor = next(read(admin, "?type=A"));
    diary.write("A");
    assertThat(types(read(admin, "?type=A&after=" + cursor))).containsExactly("A");
    for (var other : List.of("?type=B&after=", "?after=", "/stream?type=B&after=")) {
      var rejected = gateway.get("/v1/events" + other + cursor, "Authorization", admin);
      assertThat(rejected.status()).as(other).isEqualTo(400);
      assertThat(rejected.code()).isEqualTo("INVALID_CURSOR");
      assertThat(rejected.json().at("/errors/0/pointer").asText()).isEqualTo("/after");
    }
    var latest = next(read(admin, "?type=A&after=latest"));
    assertThat(gateway.get("/v1/events?after=" + latest, "Authorization", admin).code())
        .isEqualTo("INVALID_CURSOR");
  }

  @Test
  void a_cursor_of_no_type_leads_on_among_any() {
    diary.write("A");
    var cursor = next(read(admin, ""));
    diary.write("B");
    diary.write("A");
    assertThat(types(read(admin, "?type=B&after=" + cursor))).containsExactly("B");
  }

  @Test
  void a_page_that_ends_before_it_is_full_says_that_there_is_more() {
    for (var i = 0; i < 5; i++) {
      diary.write("Usual");
    }
    diary.write("Rare");
    diary.mostLookedAt = 3;
    var first = read(admin, "?type=Rare");
    assertThat(types(first)).isEmpty();
    assertThat(first.json().path("more").asBoolean()).isTrue();
    var second = read(admin, "?type=Rare&after=" + next(first));
    assertThat(types(second)).containsExactly("Rare");
    assertThat(second.json().has("more")).isFalse();
  }

  @Test
  void the_latest_is_nothing_and_a_cursor_for_what_comes() {
    diary.write("Old");
    var page = read(admin, "?after=latest");
    assertThat(types(page)).isEmpty();
    diary.write("New");
    ledger.write("Too");
    assertThat(types(read(admin, "?after=" + next(page)))).containsExactly("New", "Too");
  }

  @Test
  void a_service_that_is_unavailable_is_named_and_loses_nothing() {
    chronicle.write("First");
    var before = next(read(admin, ""));
    chronicle.write("Second");
    await(node.vertx().undeploy(chronicleId));
    diary.write("Meanwhile");

    var page = read(admin, "?after=" + before);
    assertThat(types(page)).containsExactly("Meanwhile");
    assertThat(page.json().path("away")).hasToString("[\"chronicle\"]");

    bringBack();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(types(read(admin, "?after=" + next(page)))).containsExactly("Second"));
  }

  @Test
  void the_latest_of_a_service_that_is_unavailable_is_where_it_is_when_it_is_back() {
    chronicle.write("Old");
    await(node.vertx().undeploy(chronicleId));
    // Until the service is known to be gone, its place is required.
    Awaitility.await()
        .until(
            () -> gateway.get("/v1/events?after=latest", "Authorization", admin).status() == 200);
    var page = read(admin, "?after=latest");
    assertThat(page.json().path("away")).hasToString("[\"chronicle\"]");

    bringBack();
    Awaitility.await().until(() -> !read(admin, "?after=" + next(page)).json().has("away"));
    var back = read(admin, "?after=" + next(page));
    assertThat(types(back)).isEmpty();
    chronicle.write("New");
    assertThat(types(read(admin, "?after=" + next(back)))).containsExactly("New");
  }

  @Test
  void while_all_are_unavailable_there_is_nothing_to_read() {
    var nobody = new EventRound(Map.of(), List.of("diary"));
    assertThatThrownBy(() -> EventListing.of(nobody, EventCursor.read(null, null), 20))
        .isInstanceOfSatisfying(
            ServiceException.class,
            rejection -> assertThat(rejection.is(CommonError.UNAVAILABLE)).isTrue());
  }

  @Test
  void a_cursor_behind_which_events_were_removed_is_gone() {
    diary.write("A");
    var before = next(read(admin, "?limit=1"));
    diary.write("B");
    diary.write("C");
    diary.removed = 2;
    var rejected = gateway.get("/v1/events?after=" + before, "Authorization", admin);
    assertThat(rejected.status()).isEqualTo(410);
    assertThat(rejected.code()).isEqualTo("CURSOR_GONE");
    assertThat(types(read(admin, ""))).containsExactly("C");
  }

  @Test
  void a_service_that_nobody_knows_keeps_its_place() {
    var page = read(admin, "?after=" + EventLogService.cursor("elsewhere", "7"));
    assertThat(EventCursor.read(next(page), null).place("elsewhere")).hasValue("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "LATEST",
        "e30=x",
        "null",
        "[]",
        "{\"diary\":null}",
        "{\"diary\":{}}",
        "{\"diary\":\"latest or so\"}",
        "{\"diary\":\"1\",\"diary\":\"2\"}",
        "{\"diary\":\"\\u0000\"}",
        "{\"diary\":\"1'; drop table event\"}",
        "{\"\\ud800\":\"1\"}",
        "{\"listing\":\"orders\",\"keys\":[\"a\"]}",
        "{} {}"
      })
  void what_is_no_cursor_is_rejected(String text) {
    for (var path : List.of("/v1/events", "/v1/events/stream")) {
      for (var cursor : List.of(text, base64(text))) {
        if (!cursor.matches("[A-Za-z0-9=_-]+")) {
          continue;
        }
        var rejected = gateway.get(path + "?after=" + cursor, "Authorization", admin);
        assertThat(rejected.status()).as(path + " " + cursor).isEqualTo(400);
        assertThat(rejected.code()).isEqualTo("INVALID_CURSOR");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, /limit",
    "limit=101, /limit",
    "limit=many, /limit",
    "limit=1&limit=2, /limit",
    "type=a-b, /type",
    "type=, /type",
    "after=, /after",
    "wrong=1, /wrong"
  })
  void a_wrong_query_has_its_pointer(String query, String pointer) {
    var rejected = gateway.get("/v1/events?" + query, "Authorization", admin);
    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
    assertThat(rejected.json().path("errors").findValuesAsText("pointer")).containsExactly(pointer);
  }

  /** Repeats once more than the number of reads that a client may have in flight. */
  @Test
  void a_rejected_read_is_no_longer_in_flight() {
    for (var i = 0; i < 51; i++) {
      var rejected = gateway.get("/v1/events?type=Unheard", "Authorization", admin);
      assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
    }
    assertThat(read(admin, "").status()).isEqualTo(200);
  }

  @Test
  void a_cursor_that_is_too_long_is_rejected() {
    var rejected = gateway.get("/v1/events?after=" + "A".repeat(2_049), "Authorization", admin);
    assertThat(rejected.code()).isEqualTo("INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/events/stream", "/v1/%65vents"})
  void nobody_reads_without_a_token(String path) {
    assertThat(gateway.get(path).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(gateway.get(path, "Authorization", "Bearer x").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/events/stream"})
  void events_can_only_be_read(String path) {
    var rejected = gateway.send("POST", path, "{}", "Authorization", admin);
    assertThat(rejected.code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(rejected.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    var options = gateway.send("OPTIONS", path, null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void head_says_what_get_would() {
    var page = gateway.send("HEAD", "/v1/events", null, "Authorization", admin);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).isEmpty();
    assertThat(page.header("content-type")).isEqualTo("application/json");
    var stream = gateway.send("HEAD", "/v1/events/stream", null, "Authorization", admin);
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("content-type")).isEqualTo("text/event-stream");
    assertThat(gateway.send("HEAD", "/v1/events/stream", null).status()).isEqualTo(401);
  }

  @Test
  void a_body_that_nobody_wants_is_left_aside() {
    var page = gateway.send("GET", "/v1/events", "anything", "Authorization", admin);
    assertThat(page.status()).isEqualTo(200);
  }

  @Test
  void nothing_is_below_the_events() {
    assertThat(gateway.get("/v1/events/stream/x", "Authorization", admin).code())
        .isEqualTo("NOT_FOUND");
    assertThat(gateway.get("/v1/events/", "Authorization", admin).code()).isEqualTo("NOT_FOUND");
  }

  private static void bringBack() {
    chronicleId = await(node.vertx().deployVerticle(chronicle));
  }

  private static Response read(String authorization, String query) {
    var page = gateway.get("/v1/events" + query, "Authorization", authorization);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return page;
  }

  private static List<String> types(Response page) {
    return page.json().path("items").findValuesAsText("type");
  }

  private static String next(Response page) {
    return page.json().path("nextCursor").asText();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
