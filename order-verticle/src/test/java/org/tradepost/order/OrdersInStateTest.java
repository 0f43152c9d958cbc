package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderPage;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.identity.Caller;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.testing.TestDatabase;

/** A customer has more orders than one page examines, and few of them are in one state. */
class OrdersInStateTest {

  private static final int MAX_EXAMINED = 10;
  private static final UUID CUSTOMER = UUID.fromString("8f14e45f-ceea-467f-9575-000000000001");

  /** A hundred orders, numbered from the newest to the oldest; 45, 46 and 100 are shipped. */
  private static final String FILL =
      """
      insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency, total,
                          version, placed_at, updated_at, lines)
      select gen_random_uuid(), case when n in (45, 46, 100) then 'SHIPPED' else 'DELIVERED' end, n, $1,
             'k' || n, '', 'EUR', 1, 1, now() - make_interval(mins => n), now(),
             json_build_array(json_build_array(gen_random_uuid(), 'S', 'Thing', 1, 1))
        from generate_series(1, 100) as n
      """;

  private static Vertx vertx;
  private static Database database;
  private static Orders orders;

  @BeforeAll
  static void fill() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, TestDatabase.create(), "db/order"));
    await(database.query(FILL, Tuple.of(CUSTOMER)));
    var repository = new OrderRepository(database, MAX_EXAMINED);
    orders = new Orders(repository, new OrderTransitions(database), () -> {});
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void pages_look_at_so_many_orders_and_lead_to_all_that_match() {
    var found = new ArrayList<Order>();
    var sizes = new ArrayList<Integer>();
    var page = page(OrderStatus.SHIPPED, null);
    while (page.nextCursor() != null) {
      assertThat(page.incomplete()).isEqualTo(page.items().size() < 2 ? true : null);
      found.addAll(page.items());
      sizes.add(page.items().size());
      page = page(OrderStatus.SHIPPED, page.nextCursor());
    }
    // The previous page examined order 100 without knowing that it is the last.
    assertThat(sizes).containsExactly(0, 0, 0, 0, 2, 0, 0, 0, 0, 1);
    assertThat(page.items()).isEmpty();
    assertThat(found)
        .extracting(Order::number)
        .containsExactly("TP-000045", "TP-000046", "TP-000100");
  }

  @Test
  void a_page_that_is_full_is_complete() {
    var page = page(OrderStatus.DELIVERED, null);
    assertThat(page.items()).extracting(Order::number).containsExactly("TP-000001", "TP-000002");
    assertThat(page.incomplete()).isNull();
    assertThat(page(OrderStatus.DELIVERED, page.nextCursor()).items())
        .extracting(Order::number)
        .containsExactly("TP-000003", "TP-000004");
  }

  @Test
  void times_narrow_what_is_looked_at() {
    var oldest =
        await(
            orders.list(
                query(OrderStatus.SHIPPED, Instant.now().minus(95, ChronoUnit.MINUTES), null),
                call()));
    assertThat(oldest.items()).extracting(Order::number).containsExactly("TP-000100");
    assertThat(oldest.incomplete()).isNull();
  }

  private static OrderPage page(OrderStatus status, String cursor) {
    return await(orders.list(query(status, null, cursor), call()));
  }

  private static ListOrders query(OrderStatus status, Instant before, String cursor) {
    return new ListOrders(null, status, null, before, null, 2, cursor);
  }

  private static RequestContext call() {
    var caller = new Caller(Caller.Kind.USER, CUSTOMER.toString(), Set.of(), "s", Instant.MAX);
    return new RequestContext(caller, Deadline.in(30_000), "r", null);
  }
}
