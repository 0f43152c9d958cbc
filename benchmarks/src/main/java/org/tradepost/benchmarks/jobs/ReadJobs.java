package org.tradepost.benchmarks.jobs;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Goal;
import org.tradepost.benchmarks.measure.MeasurementPlan;
import org.tradepost.benchmarks.measure.Rounds;
import org.tradepost.benchmarks.measure.Rounds.Row;
import org.tradepost.benchmarks.subjects.BareRoute;
import org.tradepost.benchmarks.subjects.DatabaseReference;
import org.tradepost.benchmarks.subjects.QueryWork;
import org.tradepost.benchmarks.subjects.TestBed;
import org.tradepost.benchmarks.workload.BenchmarkShop;
import org.tradepost.benchmarks.workload.OrderGenerator;
import org.tradepost.benchmarks.workload.ReadRequests;

/** Reads through one JVM, compared with the same query sent straight to the database. */
final class ReadJobs {
  private static final int CONNECTIONS = 64;

  /** How many different products are read. */
  private static final int PRODUCTS_READ = 100;

  private static final int PAGE = 20;
  private static final int READER_ORDERS = 1_000;

  /** As in the statements of the product service. */
  private static final String PRODUCT_COLUMNS =
      "id, sku, name, description, category, amount, currency, attributes, status, version,"
          + " created_at, updated_at, on_hand - reserved as available";

  private static final String READ =
      "select " + PRODUCT_COLUMNS + " from product join stock on product_id = id where id = $1";

  private static final String LIST =
      "select "
          + PRODUCT_COLUMNS
          + ", name_key from product join stock on product_id = id where status = $1"
          + " order by name_key asc, id asc limit "
          + (PAGE + 1);

  static final String SEARCH =
      String.format(
          Locale.ROOT,
          """
      with queries as materialized (
        select (case when $3 = '' then english || simple
                     else to_tsquery('english', prefix) || to_tsquery('simple', prefix) end
           || case when names = english then exact else names || exact end) && !!excluded as words,
               (english || names || simple) && !!excluded as whole, named, upper($2 collate "pg_c_utf8") collate "default" as sku,
               left(lower($2 collate "pg_c_utf8"), 50) collate "C" as beginning
          from (select coalesce(string_agg(part[2], ' ' order by place) filter (where part[1] = ''), '') as wanted,
                       coalesce(string_agg(part[2], ' or ') filter (where part[1] = '-'), '') as unwanted
                  from regexp_matches(regexp_replace(search_text($2), '-(\\s*-)+', ' ', 'g'),
                                      '(-?)("[^"]*"?|[^\\s-]\\S*)', 'g') with ordinality as token (part, place)
               ) as typed,
               search_text($3) as prefix,
               websearch_to_tsquery('english', wanted) as english,
               websearch_to_tsquery('names', wanted) as names,
               websearch_to_tsquery('simple', wanted) as simple,
               cast(websearch_to_tsquery('english', unwanted) || websearch_to_tsquery('names', unwanted)
                      || websearch_to_tsquery('simple', unwanted) as tsquery) as excluded,
               regexp_replace(search_words(case when unwanted = '' then $2 else wanted end),
                              '''\\s+''', ''' & ''', 'g') as every,
               cast(every as tsquery) as exact,
               cast(regexp_replace(every, '''\\s*$', ''':*') as tsquery) as named
      ), found as materialized (
        select id from (select id, sku, name_key, amount, created_at, search from product
                         where status = $1 order by name_key asc, id asc limit 300) as candidate
         where search @@ (select words from queries) order by name_key asc, id asc limit %2$d
      ), edge as (
        select id from (select id, sku, name_key, amount, created_at, search from product
                         where status = $1 order by name_key asc, id asc limit 300) as candidate
         where (select count(*) from found) < %2$d order by name_key asc, id asc offset 300 - 1 limit 1
      ), page as (
        select id, true as matches from found union all select id, false from edge
      )
      select %1$s, name_key, matches from page join product using (id) join stock on product_id = id
       order by name_key asc, id asc, matches desc""",
          PRODUCT_COLUMNS,
          PAGE + 1);

  /** Like the statement of the order service's repository. */
  private static final String ORDERS =
      String.format(
          Locale.ROOT,
          """
      select o.id, o.number, o.customer_id, o.status, encode(o.fingerprint, 'hex') as fingerprint,
             o.currency, o.total, o.note, o.version, o.placed_at, o.updated_at, o.cancel_reason,
             o.cancelled_at, o.carrier, o.tracking_number, o.shipped_at, o.delivered_at, o.lines
        from orders o where o.customer_id = $1 and o.status <> 'ABANDONED'
       order by o.placed_at desc, o.id desc limit %d""",
          PAGE + 1);

  private ReadJobs() {}

  /** Without a token, so that the gateway may answer from its cache. */
  static List<Comparison> cached(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var products = up.shop().products().subList(0, PRODUCTS_READ);
    var reads = ReadRequests.of(up.shop().port(), paths(products), "");
    try (var route = BareRoute.start(testBed.project(), up.shop(), products)) {
      return Rounds.compare(
          plan,
          List.of(
              up.side("read a product", CONNECTIONS, reads),
              route.side(CONNECTIONS, reads).startedCold(plan.cold())),
          new Row("read a product, cached", 0, 1, Goal.atLeast(0.75)));
    }
  }

  private static List<String> paths(List<String> products) {
    return products.stream().map(product -> "/v1/products/" + product).toList();
  }

  static List<Comparison> uncached(TestBed testBed, MeasurementPlan plan) {
    var shop = testBed.up().shop();
    var products = shop.products().subList(0, PRODUCTS_READ);
    var reads = uncached(shop);
    var select =
        new QueryWork(
            "read a product", "product", READ, products.stream().map(List::of).toList(), 1);
    return compare(testBed, plan, new ReadCase("read a product, uncached", reads, select, 0.8));
  }

  /** Reads with a token, for which the gateway calls the service each time. */
  static ReadRequests uncached(BenchmarkShop shop) {
    var products = shop.products().subList(0, PRODUCTS_READ);
    return ReadRequests.of(shop.port(), paths(products), shop.readerToken());
  }

  static List<Comparison> search(TestBed testBed, MeasurementPlan plan) {
    var shop = testBed.up().shop();
    var paths =
        BenchmarkShop.NOUNS.stream()
            .map(word -> "/v1/products?limit=" + PAGE + "&sort=name&q=" + word)
            .toList();
    var words =
        BenchmarkShop.NOUNS.stream()
            .map(word -> List.of("active", word, "'" + word + "':*"))
            .toList();
    var select = new QueryWork("search", "product", SEARCH, words, PAGE + 1);
    var reads = ReadRequests.of(shop.port(), paths, "");
    return compare(testBed, plan, new ReadCase("search products", reads, select, 0.7));
  }

  static List<Comparison> list(TestBed testBed, MeasurementPlan plan) {
    var shop = testBed.up().shop();
    var reads = ReadRequests.of(shop.port(), List.of("/v1/products?limit=" + PAGE), "");
    var select =
        new QueryWork("list products", "product", LIST, List.of(List.of("active")), PAGE + 1);
    return compare(testBed, plan, new ReadCase("list products", reads, select, 0.7));
  }

  /** Lists the orders of a customer who has a thousand, among many more of other customers. */
  static List<Comparison> orders(TestBed testBed, MeasurementPlan plan) {
    var up = testBed.up();
    var shop = up.shop();
    var reader = UUID.fromString(shop.subjectOfReader());
    var missing = Math.max(READER_ORDERS, plan.maxOrders() - up.orders());
    new OrderGenerator(up.server(), shop.products()).write((int) missing, reader, READER_ORDERS);
    up.tidy();
    var reads =
        ReadRequests.of(shop.port(), List.of("/v1/orders?limit=" + PAGE), shop.readerToken());
    var customer = List.of(List.of(reader.toString()));
    var select = new QueryWork("list my orders", "orders", ORDERS, customer, PAGE + 1);
    var title = String.format(Locale.ROOT, "list my orders, 1,000 of %,d", up.orders());
    return compare(testBed, plan, new ReadCase(title, reads, select, 0.7));
  }

  private record ReadCase(String title, ReadRequests reads, QueryWork select, double goal) {}

  private static List<Comparison> compare(TestBed testBed, MeasurementPlan plan, ReadCase read) {
    var up = testBed.up();
    return Rounds.compare(
        plan,
        List.of(
            up.side(read.select().name(), CONNECTIONS, read.reads()),
            DatabaseReference.atItsBest(read.select(), up.server())),
        new Row(read.title(), 0, 1, Goal.atLeast(read.goal())));
  }
}
