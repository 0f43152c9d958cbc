package org.tradepost.benchmarks.subjects;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.tradepost.benchmarks.load.Client;
import org.tradepost.benchmarks.workload.PostgresServer;

/**
 * The reference for all order jobs: one order in one transaction on one database, without a service
 * in between. It takes one piece from the stock, then inserts the order with its idempotency key
 * and its line with the current price.
 *
 * @param products the number of products, of which one is ordered at random
 */
public record OrderWork(int products) implements SqlWork {
  private static final String CUSTOMER = "3c4bd0a4-5a0e-4a53-9f43-2d4d1f6fb1a7";

  private static final String SCHEMA =
      """
      create table product (
        id bigint primary key, name text not null, price bigint not null,
        stock bigint not null check (stock >= 0)
      ) with (fillfactor = 50);
      create table orders (
        id uuid primary key default gen_random_uuid(), customer_id uuid not null,
        idempotency_key text not null, status text not null default 'PLACED', total bigint not null,
        placed_at timestamptz not null default now(), unique (customer_id, idempotency_key)
      );
      create table order_line (
        order_id uuid not null references orders, line integer not null, product_id bigint not null,
        name text not null, quantity integer not null, unit_price bigint not null,
        primary key (order_id, line)
      );
      insert into product select n, 'Product ' || n, 100 + n, 1000000000 from generate_series(1, 1000) n;
      analyze;
      """;

  private static final String TAKE =
      "update product set stock = stock - 1 where id = $1 and stock >= 1 returning name, price";
  private static final String ORDER =
      "insert into orders (customer_id, idempotency_key, total) values ($1, $2, $3) returning id";
  private static final String LINE =
      "insert into order_line (order_id, line, product_id, name, quantity, unit_price)"
          + " values ($1, 1, $2, $3, 1, $4)";

  /** Creates the database unless it exists. */
  static void makeDatabase(PostgresServer server) {
    if (server.makeDatabase("bench")) {
      server.run("bench", SCHEMA);
    }
  }

  @Override
  public String name() {
    return "one transaction an order";
  }

  @Override
  public String database() {
    return "bench";
  }

  /** With prepared statements pgbench sends each variable as a parameter. */
  @Override
  public List<String> scripts() {
    return List.of(
        String.format(
            Locale.ROOT,
            """
        \\set n random(1, %d)
        begin;
        update product set stock = stock - 1 where id = :n and stock >= 1 returning name, price \\gset
        insert into orders (customer_id, idempotency_key, total) values ('%s', gen_random_uuid()::text, :price) returning id \\gset
        insert into order_line (order_id, line, product_id, name, quantity, unit_price) values (:id, 1, :n, :name, 1, :price);
        commit;
        """,
            products,
            CUSTOMER));
  }

  @Override
  public Client client(PgConnection connection) {
    return responded -> Client.report(place(connection), done -> Optional.empty(), responded);
  }

  private Future<Void> place(PgConnection connection) {
    var random = ThreadLocalRandom.current();
    var product = random.nextLong(1, products + 1L);
    var key = new UUID(random.nextLong(), random.nextLong()).toString();
    return connection
        .begin()
        .compose(
            transaction ->
                connection
                    .preparedQuery(TAKE)
                    .execute(Tuple.of(product))
                    .compose(taken -> write(connection, product, key, taken.iterator().next()))
                    .compose(written -> transaction.commit()));
  }

  private static Future<RowSet<Row>> write(
      PgConnection connection, long product, String key, Row taken) {
    long price = taken.getLong("price");
    return connection
        .preparedQuery(ORDER)
        .execute(Tuple.of(UUID.fromString(CUSTOMER), key, price))
        .map(rows -> rows.iterator().next().getUUID("id"))
        .compose(
            id ->
                connection
                    .preparedQuery(LINE)
                    .execute(Tuple.of(id, product, taken.getString("name"), price)));
  }
}
