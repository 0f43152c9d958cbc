package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.proof.rest.RestRequest;

/**
 * Counts what PostgreSQL writes for an order of one line, from its REST request until it is
 * settled: 64 clients order one product each. The figures are in {@code target/written.txt}.
 */
class WrittenRecordsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int CLIENTS = 64;
  private static final int ORDERS_EACH = 10;

  /** Leaves out full-page images, which depend on checkpoints and not on orders. */
  private static final String WRITTEN =
      """
      select concat_ws(' ',
               sum(count) filter (where type ~ '^Heap/(INSERT|UPDATE|HOT_UPDATE)'),
               sum(count) filter (where type ~ '^Btree/(INSERT_LEAF|INSERT_POST|SPLIT)'),
               sum(count), sum(record_size))
        from pg_get_wal_stats('%s', '%s', true)
             as written (type, count, count_percentage, record_size, record_size_percentage, fpi_size,
                         fpi_size_percentage, combined_size, combined_size_percentage)
      """;

  private static final String POSITION = "select pg_current_wal_insert_lsn()";

  @TempDir private Path directory;

  @Test
  void an_order_is_seven_rows_and_eleven_entries_of_indexes() throws Exception {
    try (var shop = TestSingleJvm.startEmpty(directory)) {
      var products = products(shop);
      var customer = customer(shop);
      place(shop, customer, products, 2);
      ask(shop, "create extension pg_walinspect");
      var before = ask(shop, POSITION);
      place(shop, customer, products, ORDERS_EACH);
      var written = ask(shop, WRITTEN.formatted(before, ask(shop, POSITION))).split(" ");
      var orders = CLIENTS * ORDERS_EACH;
      var rows = Double.parseDouble(written[0]) / orders;
      var entries = Double.parseDouble(written[1]) / orders;
      var records = Double.parseDouble(written[2]) / orders;
      var bytes = Double.parseDouble(written[3]) / orders;
      Files.writeString(
          Path.of("target", "written.txt"),
          String.format(
              Locale.ROOT,
              "an order: %.2f rows, %.2f index entries, %.2f records, %.0f bytes%n",
              rows,
              entries,
              records,
              bytes));
      // A little less if a batch settles two orders of one product.
      assertThat(rows).isBetween(6.5, 7.5);
      assertThat(entries).isBetween(10.5, 11.5);
      // Smaller batches, as on a busy machine, mean more commits per order.
      assertThat(records).isLessThan(25);
      assertThat(bytes).isLessThan(2_500);
    }
  }

  private static String customer(TestSingleJvm shop) {
    try (var buyers = new StreamBuyers(shop.client())) {
      return buyers.newCustomer();
    }
  }

  private static List<String> products(TestSingleJvm shop) {
    var administrator =
        shop.client()
            .send(RestRequest.logIn("admin@tradepost.example", shop.administratorPassword()))
            .text("/access_token");
    var ids = new ArrayList<String>();
    for (var i = 0; i < CLIENTS; i++) {
      var product = JSON.objectNode();
      product.put("sku", "MUG-" + i).put("name", "A mug of kind " + i).put("category", "mugs");
      product
          .put("initialStock", 1_000)
          .putObject("price")
          .put("amount", 550)
          .put("currency", "EUR");
      ids.add(
          shop.client()
              .send(RestRequest.post("/v1/products", product).as(administrator))
              .text("/id"));
    }
    return ids;
  }

  /**
   * Places orders for all products in parallel, {@code ordersEach} for each one after the other,
   * and waits until all are settled.
   */
  private static void place(
      TestSingleJvm shop, String customer, List<String> products, int ordersEach) {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      products.stream()
          .map(product -> ordering(shop, customer, product, ordersEach, threads))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
    await()
        .until(
            () ->
                TestServer.ask(
                        shop.databases().of("product"),
                        "select count(*) from hold where state = 'HELD'")
                    .equals("0"));
  }

  private static CompletableFuture<Void> ordering(
      TestSingleJvm shop, String customer, String product, int orders, ExecutorService threads) {
    var order = JSON.objectNode();
    order.putArray("lines").addObject().put("productId", product).put("quantity", 1);
    return CompletableFuture.runAsync(
        () -> {
          for (var i = 0; i < orders; i++) {
            var key = UUID.randomUUID().toString();
            var request =
                RestRequest.post("/v1/orders", order).as(customer).with("Idempotency-Key", key);
            // A busy machine may reject it at first.
            var placed = shop.client().sendRepeatedly(request, (response, seconds) -> {});
            assertThat(placed.status()).isEqualTo(201);
          }
        },
        threads);
  }

  private String ask(TestSingleJvm shop, String sql) throws SQLException, IOException {
    var secrets = new Properties();
    try (var file = Files.newBufferedReader(directory.resolve("secrets.properties"))) {
      secrets.load(file);
    }
    return TestServer.ask(
        new ServiceDatabase(
            shop.databases().of("order").url(),
            "postgres",
            secrets.getProperty("postgres.password")),
        sql);
  }
}
