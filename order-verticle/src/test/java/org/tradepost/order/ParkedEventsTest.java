package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.ParkedEventContract;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** The relay itself parks the events here, after a single rejection. */
class ParkedEventsTest {

  private static final DatabaseConfig DATABASE = TestDatabase.create();
  private static ClusterNode node;
  private static StockForTests stock;
  private static Database database;
  private static String admin;
  private static String customer;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    var tokens = TestTokens.serve(node);
    admin = tokens.admin();
    customer = tokens.customer(UUID.randomUUID().toString());
    stock = new StockForTests(node);
    TestNode.await(node.deploy(stock));
    TestNode.await(node.deploy(new OrderVerticle(node, new OrderConfig(DATABASE, 1, 0))));
    database = TestNode.await(Database.open(node.vertx(), DATABASE, "db/order"));
  }

  @AfterAll
  static void stop() {
    TestNode.await(database.close());
    TestNode.await(node.stop());
  }

  @BeforeEach
  void reject_everything() {
    stock.unavailable = false;
    stock.rejecting = true;
  }

  @Test
  void a_parked_event_is_listed_with_those_that_wait_for_it() {
    var order = place();
    var parked = parked(order);
    cancel(order);
    assertThat(find(order).getJsonArray("later"))
        .isEqualTo(
            new JsonArray().add(new JsonObject().put("version", 2).put("type", "OrderCancelled")));
    assertThat(parked.getInteger("version")).isEqualTo(1);
    assertThat(parked.getString("type")).isEqualTo("OrderPlaced");
    assertThat(parked.getInteger("attempts")).isEqualTo(1);
    assertThat(parked.getInstant("parkedAt")).isAfter(parked.getInstant("time"));
  }

  @Test
  void the_listing_goes_page_by_page_oldest_first() {
    for (var i = 0; i < 3; i++) {
      parked(place());
    }
    var query = new JsonObject().put("limit", 2);
    var ids = new ArrayList<Long>();
    do {
      var page = call(ParkedEventContract.LIST, admin, query);
      page.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getLong("id")));
      query.put("cursor", page.getString("nextCursor"));
    } while (query.getString("cursor") != null);
    assertThat(ids).hasSizeGreaterThanOrEqualTo(3).isSorted().isEqualTo(ids(list(100)));
  }

  @Test
  void an_invalid_cursor_is_rejected() {
    for (var cursor : List.of("x", "e30", "bm90IGpzb24")) {
      var query = new JsonObject().put("cursor", cursor);
      assertThat(rejection(ParkedEventContract.LIST, admin, query)).isEqualTo("INVALID_CURSOR");
    }
  }

  @Test
  void a_retried_event_is_delivered_and_then_those_that_waited_for_it() {
    var order = place();
    var id = id(parked(order));
    cancel(order);
    stock.rejecting = false;
    call(ParkedEventContract.RETRY, admin, id);
    await().until(() -> heard(order).equals(List.of(Fate.PLACED, Fate.CANCELLED)));
    await().until(() -> rows("select 1 from undelivered where order_id = $1", order) == 0);
    assertThat(rejection(ParkedEventContract.RETRY, admin, id)).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_retried_event_that_is_rejected_again_is_parked_again() {
    var order = place();
    var first = parked(order);
    call(ParkedEventContract.RETRY, admin, id(first));
    var again = parked(order);
    assertThat(again.getInstant("parkedAt")).isAfter(first.getInstant("parkedAt"));
    assertThat(again.getInteger("attempts")).isEqualTo(1);
  }

  @Test
  void a_discarded_event_is_never_delivered_and_stays_for_the_audit() {
    var order = place();
    var id = id(parked(order));
    cancel(order);
    stock.rejecting = false;
    call(ParkedEventContract.DISCARD, admin, id);
    await().until(() -> heard(order).equals(List.of(Fate.CANCELLED)));
    assertThat(find(order)).isNull();
    assertThat(
            rows(
                "select 1 from refused_event where order_id = $1 and sequence = 1 and discarded_at is not null",
                order))
        .isEqualTo(1);
    call(ParkedEventContract.DISCARD, admin, id);
    assertThat(rejection(ParkedEventContract.RETRY, admin, id)).isEqualTo("NOT_PARKED");
  }

  @Test
  void an_event_that_is_still_tried_is_neither_retried_nor_discarded() {
    stock.rejecting = false;
    var order = place();
    await().until(() -> heard(order).equals(List.of(Fate.PLACED)));
    stock.unavailable = true;
    cancel(order);
    var id =
        TestNode.await(
                database.query(
                    "select event_id from undelivered where order_id = $1", Tuple.of(order)))
            .iterator()
            .next()
            .getLong(0);
    for (var operation : List.of(ParkedEventContract.RETRY, ParkedEventContract.DISCARD)) {
      assertThat(rejection(operation, admin, new JsonObject().put("id", id)))
          .isEqualTo("NOT_PARKED");
    }
  }

  @Test
  void parked_events_are_for_administrators() {
    var none = new JsonObject().put("id", Long.MAX_VALUE);
    assertThat(rejection(ParkedEventContract.LIST, customer, new JsonObject()))
        .isEqualTo("FORBIDDEN");
    for (var operation : List.of(ParkedEventContract.RETRY, ParkedEventContract.DISCARD)) {
      assertThat(rejection(operation, customer, none)).isEqualTo("FORBIDDEN");
      assertThat(rejection(operation, admin, none)).isEqualTo("NOT_FOUND");
      assertThat(rejection(operation, admin, new JsonObject().put("id", 0)))
          .isEqualTo("INVALID_REQUEST");
    }
  }

  private static UUID place() {
    var line = new JsonObject().put("productId", UUID.randomUUID().toString()).put("quantity", 1);
    var order = new JsonObject().put("lines", new JsonArray().add(line));
    return UUID.fromString(call(OrderContract.PLACE, customer, order).getString("id"));
  }

  private static void cancel(UUID order) {
    call(OrderContract.CANCEL, customer, new JsonObject().put("id", order.toString()));
  }

  private static JsonObject id(JsonObject event) {
    return new JsonObject().put("id", event.getLong("id"));
  }

  private static JsonObject parked(UUID order) {
    return await().until(() -> find(order), found -> found != null);
  }

  /** The parked event of an order, or null. */
  private static JsonObject find(UUID order) {
    return list(100).stream()
        .map(JsonObject.class::cast)
        .filter(event -> event.getString("orderId").equals(order.toString()))
        .findFirst()
        .orElse(null);
  }

  private static JsonArray list(int limit) {
    return call(ParkedEventContract.LIST, admin, new JsonObject().put("limit", limit))
        .getJsonArray("items");
  }

  private static List<Long> ids(JsonArray events) {
    return events.stream().map(event -> ((JsonObject) event).getLong("id")).toList();
  }

  private static List<Fate> heard(UUID order) {
    return stock.settled.stream()
        .filter(settlement -> settlement.orderId().equals(order))
        .map(Settlement::fate)
        .toList();
  }

  private static int rows(String sql, UUID order) {
    return TestNode.await(database.query(sql, Tuple.of(order))).rowCount();
  }

  private static JsonObject call(Operation<?, ?> operation, String token, JsonObject request) {
    var headers = MultiMap.caseInsensitiveMultiMap().set(BusHeaders.AUTHORIZATION, token);
    var reply =
        node.bus().send(operation.address(), request.toBuffer(), headers, TestNode.TIMEOUT_MILLIS);
    return body(TestNode.await(reply).body());
  }

  private static JsonObject body(Buffer body) {
    return body.length() == 0 ? new JsonObject() : body.toJsonObject();
  }

  private static String rejection(Operation<?, ?> operation, String token, JsonObject request) {
    return catchThrowableOfType(ServiceException.class, () -> call(operation, token, request))
        .failure()
        .code();
  }
}
