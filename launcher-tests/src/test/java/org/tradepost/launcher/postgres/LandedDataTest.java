package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.proof.audit.Audit;
import org.tradepost.proof.audit.AuditedDatabase;
import org.tradepost.proof.rest.RestRequest;

/** Opens data written by a build that had only the first migration of each service. */
class LandedDataTest {

  private static final String LANDED = "1";
  private static final String PRODUCT = "cf530335-4215-4be9-be86-4ab96f0ace0b";
  private static final String FIRST_ORDER = "1b3f8435-aaee-55a3-ac27-2e877d17acde";

  private static final String SAME_PASSWORD =
      "update account set password_hash = (select password_hash from account where name = 'Ada')";

  private static final String STATES =
      """
      select string_agg(state || ' ' || many, ', ' order by state)
        from (select state, count(*) as many from hold group by state) as counted
      """;

  private static final String STOCK =
      """
      select string_agg(sku || ' ' || on_hand || '/' || reserved, ', ' order by sku)
        from stock join product on id = product_id where sku in ('LAMP-3', 'LAMP-4')
      """;

  @TempDir private Path directory;

  @Test
  void is_read_and_added_to() throws Exception {
    fill();
    try (var shop = TestSingleJvm.startEmpty(directory)) {
      var customer = logIn(shop);
      var orders = get(shop, customer, "/v1/orders?limit=10").path("items");
      assertThat(orders.findValuesAsText("status"))
          .containsExactly("CANCELLED", "DELIVERED", "SHIPPED", "PLACED");
      var delivered = orders.at("/1/id").asText();
      assertThat(get(shop, customer, "/v1/orders/" + delivered + "/history").toString())
          .contains("OrderPlaced", "OrderShipped", "OrderDelivered");
      assertThat(get(shop, customer, "/v1/events?limit=50").findValuesAsText("subject"))
          .contains(FIRST_ORDER);
      assertThat(available(shop)).isEqualTo(101);
      assertThat(get(shop, customer, "/v1/products?q=BRASS+lam").at("/items/0/id").asText())
          .isEqualTo(PRODUCT);

      assertThat(order(shop, customer, "landed-0", 1).path("id").asText()).isEqualTo(FIRST_ORDER);
      assertThat(available(shop)).isEqualTo(101);
      assertThat(order(shop, customer, "new", 2).path("number").asText())
          .isGreaterThan("TP-000004");
      assertThat(available(shop)).isEqualTo(99);

      assertThatAllIsSettled(shop);
    }
  }

  /** Holds are open; events are undelivered, rejected, parked and discarded. */
  @Test
  void what_was_in_flight_goes_on() throws Exception {
    fill("-in-flight");
    try (var shop = TestSingleJvm.startEmpty(directory)) {
      var administrator = logIn(shop, "admin@tradepost.example");
      var parked = get(shop, administrator, "/v1/orders/parked-events").path("items");
      assertThat(parked.findValuesAsText("attempts")).containsExactly("12", "12");
      assertThat(parked.at("/1/later/0/type").asText()).isEqualTo("OrderCancelled");
      for (var id : parked.findValuesAsText("id")) {
        var path = "/v1/orders/parked-events/" + id + "/retry";
        assertThat(shop.client().send(RestRequest.of("POST", path).as(administrator)).status())
            .isEqualTo(204);
      }
      assertThatAllIsSettled(shop);
      var product = shop.databases().of("product");
      assertThat(TestServer.ask(product, STATES)).isEqualTo("COMMITTED 8, RELEASED 2, RETURNED 3");
      assertThat(TestServer.ask(product, STOCK)).isEqualTo("LAMP-3 40/0, LAMP-4 45/0");

      var customer = logIn(shop);
      var placed = get(shop, customer, "/v1/events?type=OrderPlaced&limit=1").at("/items/0");
      assertThat(placed.path("traceparent").asText()).startsWith("00-").hasSize(55);
      assertThat(placed.at("/data/customerId").asText()).isNotEmpty();
      assertThat(placed.at("/data/currency").asText()).isEqualTo("EUR");
    }
  }

  private static void assertThatAllIsSettled(TestSingleJvm shop) {
    var databases = shop.databases();
    var report =
        new Audit(
                audited("order", databases.of("order")),
                audited("product", databases.of("product")))
            .run(Duration.ofMinutes(1));
    assertThat(report.text()).contains("Clean.");
  }

  private void fill() throws SQLException, IOException {
    fill("");
  }

  /**
   * @param suffix the suffix of the names of additional files for orders and products, or empty
   */
  private void fill(String suffix) throws SQLException, IOException {
    try (var server = TestServer.start(directory)) {
      var secrets = server.secrets();
      fill("auth", "", new ServiceDatabase(server.url("auth"), "auth", secrets.password("auth")));
      fill(
          "product",
          suffix,
          new ServiceDatabase(server.url("product"), "product", secrets.password("product")));
      fill(
          "order",
          suffix,
          new ServiceDatabase(server.url("orders"), "orders", secrets.password("orders")));
    }
  }

  private static void fill(String service, String suffix, ServiceDatabase database)
      throws SQLException, IOException {
    Flyway.configure()
        .dataSource("jdbc:" + database.url(), database.user(), database.password())
        .locations("classpath:db/" + service)
        .target(LANDED)
        .load()
        .migrate();
    try (var connection =
            DriverManager.getConnection(
                "jdbc:" + database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      statement.execute(landed(service, ""));
      if (!suffix.isEmpty()) {
        statement.execute(landed(service, suffix));
      }
      if (service.equals("auth")) {
        statement.execute(SAME_PASSWORD);
      } else {
        // As after a restore into another server.
        statement.execute("update event set transaction = '3'");
        statement.execute("update event_removed set transaction = '0', id = 0");
      }
    }
  }

  private static String landed(String service, String suffix) throws IOException {
    var file = "/landed/%s-%s%s.sql".formatted(service, LANDED, suffix);
    try (var content = LandedDataTest.class.getResourceAsStream(file)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static AuditedDatabase audited(String service, ServiceDatabase database) {
    return new AuditedDatabase(service, database.url(), database.user(), database.password());
  }

  private static String logIn(TestSingleJvm shop) {
    return logIn(shop, "ada@customer.example");
  }

  private static String logIn(TestSingleJvm shop, String email) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", email)
            .put("password", "correct horse battery staple");
    return shop.client()
        .send(RestRequest.post("/v1/auth/login", body))
        .body()
        .path("access_token")
        .asText();
  }

  private static JsonNode get(TestSingleJvm shop, String customer, String path) {
    return shop.client().send(RestRequest.get(path).as(customer)).body();
  }

  private static int available(TestSingleJvm shop) {
    return shop.client()
        .send(RestRequest.get("/v1/products/" + PRODUCT + "/stock"))
        .body()
        .path("available")
        .asInt();
  }

  private static JsonNode order(TestSingleJvm shop, String customer, String key, int quantity) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("lines").addObject().put("productId", PRODUCT).put("quantity", quantity);
    return shop.client()
        .send(RestRequest.post("/v1/orders", body).as(customer).with("Idempotency-Key", key))
        .body();
  }
}
