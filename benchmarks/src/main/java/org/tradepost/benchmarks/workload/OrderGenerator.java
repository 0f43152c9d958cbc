package org.tradepost.benchmarks.workload;

import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.machine.Await;

/**
 * Generates settled orders of the last minutes, a millisecond apart. They are written straight into
 * both databases, with everything that the services write for an order.
 *
 * @param products the products to choose from, at random; the indexes are the numbers of the {@link
 *     ProductGenerator}
 */
public record OrderGenerator(PostgresServer server, List<String> products) {
  private static final int AT_ONCE = 10_000;

  /** How many orders each customer has, except the one who reads them. */
  private static final int OF_A_CUSTOMER = 20;

  private static final String ORDERS =
      """
      with requested as (
        select *, $7::timestamptz + place * interval '1 millisecond' as at,
               %s as sku, %s as name, %s as amount
          from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::integer[])
               with ordinality as t (id, customer_id, key, fingerprint, product_id, n, place)
      ), placed as (
        insert into orders (id, status, number, customer_id, idempotency_key, fingerprint, currency,
                            total, version, placed_at, updated_at, lines)
        select id, 'PLACED', nextval('order_number'), customer_id, key, substr(decode(fingerprint, 'hex'), 1, 16),
               'EUR', amount, 1, at, at,
               json_build_array(json_build_array(product_id, sku, name, 1, amount))
          from requested order by place
      ), told as (
        update relay set transaction = pg_current_xact_id(), id = 9223372036854775807
      )
      insert into event (order_id, customer_id, sequence, type, time, total, currency)
      select id, customer_id, 1, 'OrderPlaced', at, amount, 'EUR' from requested order by place
      """
          .formatted(ProductGenerator.SKU, ProductGenerator.NAME, ProductGenerator.AMOUNT);

  private static final String HOLDS =
      """
      with requested as (
        select t.*, $4::timestamptz + place * interval '1 millisecond' as at,
               sku, name, amount, currency
          from unnest($1::uuid[], $2::text[], $3::uuid[])
               with ordinality as t (order_id, fingerprint, product_id, place)
          join product on id = product_id
      ), held as (
        insert into hold (order_id, state, fingerprint, expires_at, settled_at, lines)
        select order_id, 'COMMITTED', substr(decode(fingerprint, 'hex'), 1, 16), at + interval '5 minutes', at,
               json_build_array(json_build_array(product_id, sku, name, 1, amount, currency))
          from requested
      ), entered as (
        insert into ledger (product_id, delta, reason, order_id, on_hand, created_at)
        select product_id, -1, 'sold', order_id,
               on_hand - row_number() over (partition by product_id order by place), at
          from requested join stock using (product_id) order by place
      )
      update stock set on_hand = on_hand - sold
        from (select product_id, count(*) as sold from requested group by product_id) as total
       where stock.product_id = total.product_id
      """;

  private static final String REMOVE_ORDERS = "truncate orders, event, refused_event";
  private static final String REMOVE_HOLDS =
      """
      update stock set reserved = 0 where reserved > 0;
      update stock set on_hand = on_hand + sold
        from (select product_id, -sum(delta) as sold from ledger where order_id is not null
               group by product_id) as total
       where stock.product_id = total.product_id;
      delete from ledger where order_id is not null;
      truncate hold
      """;

  /**
   * Adds orders.
   *
   * @param customer has {@code own} of them, evenly spread among those of others
   */
  public void write(int count, UUID customer, int own) {
    var start = OffsetDateTime.now(ZoneOffset.UTC).minus(count, ChronoUnit.MILLIS);
    var orders = server.connect("orders");
    var product = server.connect("product");
    try {
      var other = UUID.randomUUID();
      for (var first = 0; first < count; first += AT_ONCE) {
        var batch = new OrderBatch(start.plus(first, ChronoUnit.MILLIS));
        for (int i = first; i < Math.min(count, first + AT_ONCE); i++) {
          if (i % OF_A_CUSTOMER == 0) {
            other = UUID.randomUUID();
          }
          // As in Bresenham's line algorithm: evenly spread, and exactly that many in the end.
          var isOwn = (long) (i + 1) * own / count > (long) i * own / count;
          var number = ThreadLocalRandom.current().nextInt(products.size());
          batch.add(isOwn ? customer : other, number, products.get(number));
        }
        Await.on(
            Future.all(
                orders.preparedQuery(ORDERS).execute(batch.orders()),
                product.preparedQuery(HOLDS).execute(batch.holds())));
      }
    } finally {
      Await.on(Future.join(orders.close(), product.close()));
    }
  }

  /** Removes all orders, generated or not, as if there had never been any; all must be settled. */
  public void removeAll() {
    server.run("orders", REMOVE_ORDERS);
    server.run("product", REMOVE_HOLDS);
  }
}
