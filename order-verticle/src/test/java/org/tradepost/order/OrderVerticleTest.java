package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderContract;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.order.ResolveContract;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.ServiceTokens;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Cursor;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.sql.DatabaseConfig;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

class OrderVerticleTest {

  private static final DatabaseConfig DATABASE = TestDatabase.create();
  private static ClusterNode node;
  private static TestTokens tokens;
  private static StockForTests stock;

  private UUID customer;
  private String token;
  private UUID product;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    tokens = TestTokens.serve(node);
    stock = new StockForTests(node);
    TestNode.await(node.deploy(stock));
    TestNode.await(node.deploy(new OrderVerticle(node, new OrderConfig(DATABASE, 12, 0))));
  }

  @AfterAll
  static void stop() {
    TestNode.await(node.stop());
  }

  @BeforeEach
  void meet_a_new_customer() {
    stock.unavailable = false;
    stock.holdLinesRemoved = false;
    customer = UUID.randomUUID();
    token = tokens.customer(customer.toString());
    product = UUID.randomUUID();
  }

  @Test
  void an_order_is_as_it_was_asked_for_at_the_price_of_the_hold() {
    var reply = send(OrderContract.PLACE, token, order("k1", 3).put("note", "mind the dog"));
    var order = reply.body().toJsonObject();
    assertThat(order.getString("number")).matches("TP-\\d{6}");
    assertThat(order.getString("customerId")).isEqualTo(customer.toString());
    assertThat(order.getString("status")).isEqualTo("PLACED");
    assertThat(order.getString("note")).isEqualTo("mind the dog");
    assertThat(order.getJsonObject("total")).isEqualTo(money(5997));
    var line = order.getJsonArray("lines").getJsonObject(0);
    assertThat(line.getJsonObject("unitPrice")).isEqualTo(money(1999));
    assertThat(line.getJsonObject("lineTotal")).isEqualTo(money(5997));
    assertThat(reply.headers().get("location")).isEqualTo("/v1/orders/" + order.getString("id"));
    assertThat(reply.headers().contains("idempotency-replayed")).isFalse();
    assertThat(get(order.getString("id"))).isEqualTo(order);
  }

  @Test
  void a_repeated_request_gets_the_same_response_after_later_changes() {
    var first = send(OrderContract.PLACE, token, order("k1", 1));
    send(OrderContract.CANCEL, token, id(first));
    var second = send(OrderContract.PLACE, token, order("k1", 1));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().get("idempotency-replayed")).isEqualTo("true");
  }

  @Test
  void a_repeated_request_succeeds_while_the_product_service_is_unavailable() {
    var first = send(OrderContract.PLACE, token, order("k1", 1));
    stock.unavailable = true;
    assertThat(send(OrderContract.PLACE, token, order("k1", 1)).body()).isEqualTo(first.body());
  }

  @Test
  void a_repeated_request_succeeds_after_the_lines_of_its_hold_were_removed() {
    var first = send(OrderContract.PLACE, token, order("k1", 1));
    stock.holdLinesRemoved = true;
    assertThat(send(OrderContract.PLACE, token, order("k1", 1)).body()).isEqualTo(first.body());
  }

  @Test
  void a_repeated_request_is_not_rejected_while_orders_cannot_be_read() {
    send(OrderContract.PLACE, token, order("k1", 1));
    stock.holdLinesRemoved = true;
    var unreadable = TestDatabase.create();
    var database = TestNode.await(Database.open(node.vertx(), unreadable, "db/order"));
    TestDatabase.execute(
        DATABASE, "alter database " + unreadable.url().name() + " allow_connections false");
    var repository = new OrderRepository(database);
    var placement =
        new OrderPlacement(node.bus(), new OrderWriter(database, repository), repository, () -> {});
    var caller = new Caller(Caller.Kind.USER, customer.toString(), Set.of(), "s", Instant.MAX);
    var repetition = new PlaceOrder("k1", List.of(new PlaceLine(product, 1, null)), null);
    var call = new RequestContext(caller, Deadline.in(30_000), "r", null);
    var rejection =
        catchThrowableOfType(
            ServiceException.class, () -> TestNode.await(placement.place(repetition, call)));
    assertThat(rejection.failure().code()).isEqualTo("UNAVAILABLE");
    TestNode.await(database.close());
  }

  @Test
  void a_key_cannot_be_used_for_two_orders() {
    send(OrderContract.PLACE, token, order("k1", 1));
    assertThat(rejected(OrderContract.PLACE, token, order("k1", 2)).failure().code())
        .isEqualTo("IDEMPOTENCY_MISMATCH");
  }

  @Test
  void fifty_at_once_with_one_key_are_one_order() {
    var replies =
        IntStream.range(0, 50)
            .mapToObj(i -> request(OrderContract.PLACE, token, order("k1", 1)))
            .toList();
    TestNode.await(Future.join(replies));
    assertThat(replies)
        .extracting(reply -> reply.result().body())
        .containsOnly(replies.get(0).result().body());
    assertThat(replies)
        .filteredOn(reply -> !reply.result().headers().contains("idempotency-replayed"))
        .hasSize(1);
    assertThat(list(new JsonObject())).hasSize(1);
  }

  @Test
  void many_different_orders_at_once_are_all_written() {
    var replies =
        IntStream.range(0, 300)
            .mapToObj(i -> request(OrderContract.PLACE, token, order("k" + i, 1)))
            .toList();
    TestNode.await(Future.all(replies));
    assertThat(new HashSet<>(replies.stream().map(reply -> id(reply.result())).toList()))
        .hasSize(300);
  }

  @Test
  void two_lines_of_one_product_are_rejected() {
    var lines =
        new JsonArray().add(line(product, 1)).add(line(UUID.randomUUID(), 1)).add(line(product, 2));
    var rejection =
        rejected(
            OrderContract.PLACE,
            token,
            new JsonObject().put("idempotencyKey", "k").put("lines", lines));
    assertThat(rejection.failure().status()).isEqualTo(400);
    assertThat(rejection.failure().errors())
        .extracting(FieldError::pointer)
        .containsExactly("/lines/2/productId");
  }

  @Test
  void the_description_is_kept_over_the_bus() {
    var faulty =
        new JsonObject()
            .put("lines", new JsonArray().add(line(product, 0).put("colour", "red")))
            .put("coupon", "FREE");
    var rejection = rejected(OrderContract.PLACE, token, faulty);
    assertThat(rejection.failure().errors())
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("/lines/0/quantity", "/lines/0/colour", "/coupon");
    assertThat(list(new JsonObject())).isEmpty();
  }

  @Test
  void rejections_of_the_product_service_are_passed_on() {
    product = StockForTests.SOLD_OUT;
    var rejection = rejected(OrderContract.PLACE, token, order("k1", 1));
    assertThat(rejection.failure().code()).isEqualTo("OUT_OF_STOCK");
    assertThat(rejection.failure().details()).containsKey("products");
    assertThat(list(new JsonObject())).isEmpty();
  }

  @Test
  void while_the_product_service_is_unavailable_nothing_is_placed_and_the_key_stays_valid() {
    stock.unavailable = true;
    assertThat(rejected(OrderContract.PLACE, token, order("k1", 1)).failure().status())
        .isEqualTo(503);
    stock.unavailable = false;
    send(OrderContract.PLACE, token, order("k1", 1));
    assertThat(list(new JsonObject())).hasSize(1);
  }

  @Test
  void resolving_an_order_without_a_row_writes_a_tombstone() {
    var id = OrderIds.of(customer, "k1");
    assertThat(resolve(id)).containsExactly(new Settlement(id, Fate.ABANDONED));
    assertThat(rejected(OrderContract.PLACE, token, order("k1", 1)).failure().code())
        .isEqualTo("ORDER_ABANDONED");
    assertThat(rejected(OrderContract.GET, token, id(id.toString())).failure().status())
        .isEqualTo(404);
    assertThat(list(new JsonObject())).isEmpty();
    assertThat(resolve(id)).containsExactly(new Settlement(id, Fate.ABANDONED));
  }

  @Test
  void resolving_an_order_with_a_row_reports_its_fate() {
    var placed = id(send(OrderContract.PLACE, token, order("k1", 1)));
    var id = UUID.fromString(placed.getString("id"));
    assertThat(resolve(id)).containsExactly(new Settlement(id, Fate.PLACED));
    send(OrderContract.CANCEL, token, placed);
    assertThat(resolve(id)).containsExactly(new Settlement(id, Fate.CANCELLED));
  }

  @Test
  void the_product_service_hears_of_placing_before_cancelling() {
    var order = id(send(OrderContract.PLACE, token, order("k1", 1)));
    var id = UUID.fromString(order.getString("id"));
    send(OrderContract.CANCEL, token, order);
    await()
        .untilAsserted(
            () -> assertThat(settlements(id)).startsWith(Fate.PLACED).endsWith(Fate.CANCELLED));
  }

  @Test
  void events_are_delivered_once_the_product_service_is_available_again() {
    var order = id(send(OrderContract.PLACE, token, order("k1", 1)));
    stock.unavailable = true;
    send(OrderContract.CANCEL, token, order);
    stock.unavailable = false;
    await()
        .untilAsserted(
            () ->
                assertThat(settlements(UUID.fromString(order.getString("id"))))
                    .contains(Fate.CANCELLED));
  }

  @Test
  void another_customers_order_is_not_found() {
    var order = id(send(OrderContract.PLACE, token, order("k1", 1)));
    var another = tokens.customer(UUID.randomUUID().toString());
    for (var operation : List.of(OrderContract.GET, OrderContract.HISTORY, OrderContract.CANCEL)) {
      assertThat(rejected(operation, another, order).failure().code()).isEqualTo("NOT_FOUND");
    }
    assertThat(send(OrderContract.GET, tokens.admin(), order).body().toJsonObject())
        .isEqualTo(get(order.getString("id")));
  }

  @Test
  void without_a_users_token_nothing_is_served() {
    var service = new ServiceTokens(node.vertx(), "product", TestNode.SECRET).token();
    for (var operation : List.of(OrderContract.PLACE, OrderContract.LIST, OrderContract.SHIP)) {
      assertThat(rejected(operation, null, new JsonObject()).failure().code())
          .isEqualTo("UNAUTHENTICATED");
      assertThat(rejected(operation, service, new JsonObject()).failure().code())
          .isEqualTo("UNAUTHENTICATED");
    }
    var resolve = new JsonObject().put("orderIds", new JsonArray());
    assertThat(rejected(ResolveContract.RESOLVE, tokens.admin(), resolve).failure().code())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void the_history_lists_every_change_of_an_order() {
    var admin = tokens.admin();
    var order = id(send(OrderContract.PLACE, token, order("k1", 1)));
    var shipment = order.copy().put("carrier", " DHL\u00A0").put("trackingNumber", "T1\u2003");
    assertThat(rejected(OrderContract.SHIP, token, shipment).failure().status()).isEqualTo(403);
    assertThat(rejected(OrderContract.DELIVER, admin, order).failure().code())
        .isEqualTo("WRONG_STATE");

    var shipped = send(OrderContract.SHIP, admin, shipment).body().toJsonObject();
    assertThat(shipped.getString("status")).isEqualTo("SHIPPED");
    assertThat(shipped.getJsonObject("shipment").getString("carrier")).isEqualTo("DHL");
    assertThat(shipped.getJsonObject("shipment").getString("trackingNumber")).isEqualTo("T1");
    assertThat(send(OrderContract.SHIP, admin, shipment).body().toJsonObject()).isEqualTo(shipped);
    assertThat(
            rejected(OrderContract.SHIP, admin, shipment.copy().put("carrier", "UPS"))
                .failure()
                .code())
        .isEqualTo("WRONG_STATE");
    assertThat(rejected(OrderContract.CANCEL, token, order).failure().details())
        .containsEntry("status", "SHIPPED");

    var delivered = send(OrderContract.DELIVER, admin, order).body().toJsonObject();
    assertThat(delivered.getInteger("version")).isEqualTo(3);
    assertThat(history(order))
        .containsExactly("1 OrderPlaced", "2 OrderShipped", "3 OrderDelivered");
  }

  /** Repeats every command on each path of an order: the reply is always the order as it is now. */
  @Test
  void a_repeated_command_succeeds_after_later_commands() {
    for (var way :
        List.<List<Operation<?, ?>>>of(
            List.of(OrderContract.CANCEL),
            List.of(OrderContract.SHIP),
            List.of(OrderContract.SHIP, OrderContract.DELIVER))) {
      var key = UUID.randomUUID().toString();
      var placed = send(OrderContract.PLACE, token, order(key, 1));
      var order = id(placed);
      for (var i = 0; i < way.size(); i++) {
        move(way.get(i), order);
        var now = move(OrderContract.GET, order);
        for (var earlier : way.subList(0, i + 1)) {
          assertThat(move(earlier, order)).as("%s again", earlier).isEqualTo(now);
        }
        assertThat(send(OrderContract.PLACE, token, order(key, 1)).body()).isEqualTo(placed.body());
      }
      assertThat(history(order)).hasSize(1 + way.size());
    }
  }

  @Test
  void its_events_are_read_with_nothing_but_a_token_and_by_types_that_there_are() {
    send(OrderContract.PLACE, token, order("k1", 1));
    var events = EventOperations.read("order");
    for (var request : List.of(new JsonObject(), new JsonObject().put("type", "OrderPlaced"))) {
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          send(events, token, request)
                              .body()
                              .toJsonObject()
                              .getJsonArray("entries"))
                      .hasSize(1));
    }
    for (var type : List.of("OrderPlaecd", "orderPlaced", "", "ProductCreated", "Order*")) {
      var misspelt = new JsonObject().put("type", type);
      assertThat(rejected(events, token, misspelt).failure().errors())
          .containsExactly(
              new FieldError(
                  "/type",
                  "must be one of OrderCancelled, OrderDelivered, OrderPlaced, OrderShipped"));
    }
    assertThat(rejected(events, token, new JsonObject().put("limit", 0)).failure().errors())
        .extracting(FieldError::pointer)
        .containsExactly("/limit");
  }

  private static JsonObject move(Operation<?, ?> command, JsonObject order) {
    var request = order.copy();
    if (command.equals(OrderContract.SHIP)) {
      request.put("carrier", " DHL\u00A0").put("trackingNumber", "T1\u2003");
    }
    return send(command, tokens.admin(), request).body().toJsonObject();
  }

  @Test
  void cancelling_twice_is_cancelling_once() {
    var order = id(send(OrderContract.PLACE, token, order("k1", 1)));
    var first = send(OrderContract.CANCEL, token, order.copy().put("reason", "too dear"));
    var second = send(OrderContract.CANCEL, token, order);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.body().toJsonObject().getJsonObject("cancellation").getString("reason"))
        .isEqualTo("too dear");
    assertThat(history(order)).containsExactly("1 OrderPlaced", "2 OrderCancelled");
  }

  @Test
  void a_listing_goes_page_by_page_without_gap_or_repetition() {
    var placed = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      placed.add(0, id(send(OrderContract.PLACE, token, order("k" + i, 1))).getString("id"));
    }
    var seen = new ArrayList<String>();
    var query = new JsonObject().put("limit", 2);
    do {
      var page = send(OrderContract.LIST, token, query).body().toJsonObject();
      page.getJsonArray("items").forEach(item -> seen.add(((JsonObject) item).getString("id")));
      query.put("cursor", page.getString("nextCursor"));
    } while (query.getString("cursor") != null);
    assertThat(seen).isEqualTo(placed);
  }

  @Test
  void an_order_is_found_by_its_number() {
    var placed = send(OrderContract.PLACE, token, order("k1", 1)).body().toJsonObject();
    send(OrderContract.PLACE, token, order("k2", 1));
    var query = new JsonObject().put("number", placed.getString("number"));
    assertThat(list(query)).containsExactly(placed);
    assertThat(list(query.copy().put("status", "PLACED"))).containsExactly(placed);
    assertThat(list(query.copy().put("status", "CANCELLED"))).isEmpty();
    assertThat(list(new JsonObject().put("number", "TP-999999999999999999"))).isEmpty();
    assertThat(
            rejected(OrderContract.LIST, token, new JsonObject().put("number", "42"))
                .failure()
                .errors())
        .extracting(FieldError::pointer)
        .containsExactly("/number");
  }

  @Test
  void a_listing_can_be_narrowed() {
    var cancelled = id(send(OrderContract.PLACE, token, order("k1", 1)));
    send(OrderContract.PLACE, token, order("k2", 1));
    send(OrderContract.CANCEL, token, cancelled);
    assertThat(list(new JsonObject().put("status", "CANCELLED"))).hasSize(1);
    assertThat(list(new JsonObject().put("placedAfter", Instant.now().plusSeconds(60).toString())))
        .isEmpty();
    assertThat(list(new JsonObject().put("placedBefore", Instant.now().plusSeconds(60).toString())))
        .hasSize(2);
    assertThat(list(new JsonObject().put("customerId", customer.toString()))).hasSize(2);
  }

  @Test
  void only_administrators_list_others_orders() {
    var others = new JsonObject().put("customerId", UUID.randomUUID().toString());
    assertThat(rejected(OrderContract.LIST, token, others).failure().code()).isEqualTo("FORBIDDEN");
    send(OrderContract.PLACE, token, order("k1", 1));
    var mine = new JsonObject().put("customerId", customer.toString());
    assertThat(
            send(OrderContract.LIST, tokens.admin(), mine)
                .body()
                .toJsonObject()
                .getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  void a_cursor_is_valid_only_for_its_own_listing() {
    for (var key : List.of("k1", "k2", "k3")) {
      send(OrderContract.PLACE, token, order(key, 1));
    }
    var one = new JsonObject().put("limit", 1).put("placedAfter", "2020-01-01T00:00:00Z");
    var cursor = send(OrderContract.LIST, token, one).body().toJsonObject().getString("nextCursor");
    var next = one.copy().put("cursor", cursor);
    assertThat(send(OrderContract.LIST, token, next.copy().put("limit", 2))).isNotNull();
    for (var other :
        List.of(
            next.copy().put("status", "PLACED"),
            next.copy().put("placedAfter", "2020-01-01T00:00:01Z"),
            next.copy().put("placedBefore", "2099-01-01T00:00:00Z"))) {
      var rejection = rejected(OrderContract.LIST, token, other).failure();
      assertThat(rejection.code()).as(other.encode()).isEqualTo("INVALID_CURSOR");
      assertThat(rejection.errors()).extracting(FieldError::in).containsExactly("query");
    }
    assertThat(rejected(OrderContract.LIST, tokens.admin(), next).failure().code())
        .isEqualTo("INVALID_CURSOR");
    assertThat(
            rejected(OrderContract.LIST, tokens.customer(UUID.randomUUID().toString()), next)
                .failure()
                .code())
        .isEqualTo("INVALID_CURSOR");
  }

  @Test
  void an_invalid_cursor_is_rejected() {
    for (var cursor : List.of("x", "e30", "bm90IGpzb24", "{}")) {
      assertThat(
              rejected(OrderContract.LIST, token, new JsonObject().put("cursor", cursor))
                  .failure()
                  .code())
          .isEqualTo("INVALID_CURSOR");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+294277-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "-4714-01-01T00:00:00Z",
        "infinity",
        "NaN",
        "999999999999999999999999999999",
        ""
      })
  void a_time_that_the_database_does_not_have_is_rejected(String time) {
    var cursor = Cursor.write(listing(), List.of(time, UUID.randomUUID().toString()));
    var forged = rejected(OrderContract.LIST, token, new JsonObject().put("cursor", cursor));
    assertThat(forged.failure().code()).isEqualTo("INVALID_CURSOR");
    for (var filter : List.of("placedAfter", "placedBefore")) {
      var rejection = rejected(OrderContract.LIST, token, new JsonObject().put(filter, time));
      assertThat(rejection.failure().errors())
          .extracting(FieldError::pointer)
          .containsExactly("/" + filter);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-01-01T00:00:00+18:00", "9999-12-31T23:59:59.999999999-18:00"})
  void a_time_however_far_off_can_be_asked_for(String time) {
    assertThat(list(new JsonObject().put("placedAfter", time).put("placedBefore", time))).isEmpty();
    var id = UUID.randomUUID().toString();
    list(new JsonObject().put("cursor", Cursor.write(listing(), List.of(time, id))));
  }

  private String listing() {
    return Cursor.listing("orders", customer.toString(), customer, null, null, null, null);
  }

  private JsonObject order(String key, int quantity) {
    return new JsonObject()
        .put("idempotencyKey", key)
        .put("lines", new JsonArray().add(line(product, quantity)));
  }

  private static JsonObject line(UUID product, int quantity) {
    return new JsonObject().put("productId", product.toString()).put("quantity", quantity);
  }

  private static JsonObject money(long amount) {
    return new JsonObject().put("amount", (int) amount).put("currency", "EUR");
  }

  private static JsonObject id(Message<Buffer> reply) {
    return id(reply.body().toJsonObject().getString("id"));
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }

  private JsonObject get(String id) {
    return send(OrderContract.GET, token, id(id)).body().toJsonObject();
  }

  private JsonArray list(JsonObject query) {
    return send(OrderContract.LIST, token, query).body().toJsonObject().getJsonArray("items");
  }

  private List<String> history(JsonObject order) {
    return send(OrderContract.HISTORY, token, order)
        .body()
        .toJsonObject()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .map(change -> change.getInteger("version") + " " + change.getString("type"))
        .toList();
  }

  private static List<Settlement> resolve(UUID id) {
    return TestNode.await(TestNode.call(node, ResolveContract.RESOLVE, new Resolve(List.of(id))))
        .settlements();
  }

  private static List<Fate> settlements(UUID id) {
    return stock.settled.stream()
        .filter(settlement -> settlement.orderId().equals(id))
        .map(Settlement::fate)
        .toList();
  }

  private static Message<Buffer> send(Operation<?, ?> operation, String token, JsonObject body) {
    return TestNode.await(request(operation, token, body));
  }

  private static Future<Message<Buffer>> request(
      Operation<?, ?> operation, String token, JsonObject body) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    return node.bus().send(operation.address(), body.toBuffer(), headers, TestNode.TIMEOUT_MILLIS);
  }

  private static ServiceException rejected(
      Operation<?, ?> operation, String token, JsonObject body) {
    return catchThrowableOfType(ServiceException.class, () -> send(operation, token, body));
  }
}
