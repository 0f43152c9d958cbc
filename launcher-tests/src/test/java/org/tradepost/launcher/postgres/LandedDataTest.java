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

/** Opens what a build wrote whose migrations were the first of each service. */
class LandedDataTest {

  private static final String LANDED = "1";
  private static final String PRODUCT = "cf530335-4215-4be9-be86-4ab96f0ace0b";
  private static final String FIRST_ORDER = "1b3f8435-aaee-55a3-ac27-2e877d17acde";

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

      var databases = shop.databases();
      assertThat(
              new Audit(
                      audited("order", databases.of("order")),
                      audited("product", databases.of("product")))
                  .run(Duration.ofSeconds(30))
                  .violations())
          .isZero();
    }
  }

  private void fill() throws SQLException, IOException {
    try (var server = TestServer.start(directory)) {
      var secrets = server.secrets();
      fill("auth", new ServiceDatabase(server.url("auth"), "auth", secrets.password("auth")));
      fill(
          "product",
          new ServiceDatabase(server.url("product"), "product", secrets.password("product")));
      fill(
          "order", new ServiceDatabase(server.url("orders"), "orders", secrets.password("orders")));
    }
  }

  private static void fill(String service, ServiceDatabase database)
      throws SQLException, IOException {
    Flyway.configure()
        .dataSource("jdbc:" + database.url(), database.user(), database.password())
        .locations("classpath:db/" + service)
        .target(LANDED)
        .load()
        .migrate();
    var file = "/landed/%s-%s.sql".formatted(service, LANDED);
    try (var content = LandedDataTest.class.getResourceAsStream(file);
        var connection =
            DriverManager.getConnection(
                "jdbc:" + database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      statement.execute(new String(content.readAllBytes(), StandardCharsets.UTF_8));
      if (!service.equals("auth")) {
        // As after every restore into another server.
        statement.execute("update event set transaction = '3'");
        statement.execute("update event_removed set transaction = '0', id = 0");
      }
    }
  }

  private static AuditedDatabase audited(String service, ServiceDatabase database) {
    return new AuditedDatabase(service, database.url(), database.user(), database.password());
  }

  private static String logIn(TestSingleJvm shop) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", "ada@customer.example")
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
