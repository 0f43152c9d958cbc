package org.tradepost.benchmarks.workload;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tradepost.benchmarks.machine.Await;

/**
 * Adds products. A million of them through the API would take an hour, so they are written straight
 * into the database, with everything that the product service writes for a new one.
 */
public final class ProductGenerator {
  /** How many products a collection has, however many products there are. */
  static final int COLLECTION = 100;

  private static final int AT_ONCE = 10_000;

  /** Processing the words takes longest, and one connection uses one processor. */
  private static final int WRITERS = 2;

  /** SQL for the properties of product number {@code n}, the same as in {@link BenchmarkShop}. */
  static final String SKU = "'BENCH-' || lpad(n::text, greatest(4, length(n::text)), '0')";

  static final String NAME =
      "concat_ws(' ', (%s)[1 + n / 10 %% 10], (%s)[1 + n %% 10], n)"
          .formatted(array(BenchmarkShop.COLOURS), array(BenchmarkShop.NOUNS));
  static final String AMOUNT = "100 + n % 1000";

  private static final String WRITE =
      """
      with numbered as (
        select id, n, (%1$s)[1 + n / 10 %% 10] as colour, (%2$s)[1 + n %% 10] as thing,
               $3::integer / $5::integer + (n - $3) %% (($4::integer - $3) / $5) as collection
          from (select id, $2::integer + place - 1 as n
                  from unnest($1::uuid[]) with ordinality as t (id, place)) as requested
      ), added as (
        insert into product (id, sku, name, description, category, amount, currency, attributes)
        select id, %3$s, %4$s,
               format('A %%s %%s for every day, of good material. Collection c%%s.',
                      colour, thing, lpad(collection::text, 5, '0')),
               thing, %5$s, 'EUR', jsonb_build_object('colour', colour)
          from numbered
        returning *
      ), stocked as (
        insert into stock (product_id, on_hand) select id, 1000000000 from added
      ), priced as (
        insert into price_history (product_id, version, valid_from, amount, currency)
        select id, version, created_at, amount, currency from added
      ), opened as (
        insert into ledger (product_id, delta, reason, on_hand)
        select id, 1000000000, 'opening', 1000000000 from added
      )
      insert into event (type, subject, subject_version, sequence, data)
      select 'ProductCreated', id, version, 1,
             jsonb_build_object('sku', sku, 'initialStock', 1000000000,
                                'price', jsonb_build_object('amount', amount, 'currency', currency))
        from added
      """
          .formatted(array(BenchmarkShop.COLOURS), array(BenchmarkShop.NOUNS), SKU, NAME, AMOUNT);

  private final PostgresServer server;
  private final List<String> products;

  /**
   * @param products the ids of the existing products, by number
   */
  public ProductGenerator(PostgresServer server, List<String> products) {
    this.server = server;
    this.products = new ArrayList<>(products);
  }

  private static String array(List<String> words) {
    return words.stream().collect(Collectors.joining("','", "array['", "']"));
  }

  /**
   * Adds products until there are {@code count}.
   *
   * @param count a multiple of {@link #COLLECTION}
   */
  public void growTo(int count) {
    var first = products.size();
    var writers = Stream.generate(() -> server.connect("product")).limit(WRITERS).toList();
    try {
      while (products.size() < count) {
        Await.on(Future.all(writers.stream().map(writer -> write(writer, first, count)).toList()));
      }
    } finally {
      Await.on(Future.join(writers.stream().map(PgConnection::close).toList()));
    }
  }

  /** Adds the next batch of the products from {@code first} to {@code count}. */
  private Future<?> write(PgConnection connection, int first, int count) {
    var start = products.size();
    var ids =
        Stream.generate(UUID::randomUUID)
            .limit(Math.min(AT_ONCE, count - start))
            .toArray(UUID[]::new);
    Stream.of(ids).map(UUID::toString).forEach(products::add);
    var parameters =
        Tuple.tuple()
            .addArrayOfUUID(ids)
            .addInteger(start)
            .addInteger(first)
            .addInteger(count)
            .addInteger(COLLECTION);
    return connection.preparedQuery(WRITE).execute(parameters);
  }

  /** The ids of all products, by number. */
  public List<String> products() {
    return Collections.unmodifiableList(products);
  }

  /** Words, each of which {@link #COLLECTION} products have. */
  public List<String> collections() {
    return IntStream.range(0, products.size() / COLLECTION).mapToObj("c%05d"::formatted).toList();
  }
}
