package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tradepost.launcher.cluster.TestLocalCluster;
import org.tradepost.launcher.postgres.TestServer;
import org.tradepost.launcher.services.ServiceDatabase;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** What customers and the administrator do outside the console, over the same API. */
final class TestShop {
  static final String CUSTOMER_PASSWORD = "a long walk to the sea and back";

  private final RestClient client;
  private final String admin;
  private final String customer;
  private final String lamp;
  private final ServiceDatabase orders;

  TestShop(TestLocalCluster cluster) {
    client = cluster.client();
    admin = cluster.admin();
    customer = logIn(newAccount("Ada"));
    lamp = newProduct(50);
    orders = cluster.database("order");
  }

  /** Registers a customer and returns the email. */
  String newAccount(String name) {
    var email = UUID.randomUUID() + "@customer.example";
    send(
        RestRequest.post(
            "/v1/auth/register",
            Map.of("email", email, "password", CUSTOMER_PASSWORD, "name", name)),
        201);
    return email;
  }

  /** The access token of a customer. */
  String logIn(String email) {
    return send(RestRequest.logIn(email, CUSTOMER_PASSWORD), 200).text("/access_token");
  }

  /** Adds a brass lamp to the catalogue and returns its id. */
  String newProduct(int stock) {
    return newProduct(stock, Map.of("colour", "gold"));
  }

  /** Adds a brass lamp with these attributes and returns its id. */
  String newProduct(int stock, Map<String, String> attributes) {
    var sku = "SKU-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    var product =
        Map.of(
            "sku",
            sku,
            "name",
            "Brass lamp",
            "description",
            "A lamp of brass.",
            "category",
            "lamps",
            "price",
            Map.of("amount", 4900, "currency", "EUR"),
            "attributes",
            attributes,
            "initialStock",
            stock);
    return send(RestRequest.post("/v1/products", product).as(admin), 201).text("/id");
  }

  /** Places an order for one lamp. */
  JsonNode order() {
    var lines = List.of(Map.of("productId", lamp, "quantity", 1));
    var request = RestRequest.post("/v1/orders", Map.of("lines", lines)).as(customer);
    return send(request.with("Idempotency-Key", UUID.randomUUID().toString()), 201).body();
  }

  /** Reads a path as the administrator. */
  JsonNode get(String path) {
    return send(RestRequest.get(path).as(admin), 200).body();
  }

  /** Gives a product another name, whatever its version is. */
  void rename(String product, String name) {
    var patch = RestRequest.of("PATCH", "/v1/products/" + product).withBody(Map.of("name", name));
    send(patch.with("If-Match", "*").as(admin), 200);
  }

  void delete(String path) {
    send(RestRequest.of("DELETE", path).as(admin), 204);
  }

  /** Whether a token is accepted. */
  boolean accepts(String token) {
    return client.send(RestRequest.get("/v1/auth/me").as(token)).status() == 200;
  }

  int available(String product) {
    return get("/v1/products/" + product + "/stock").path("available").asInt();
  }

  /** Parks the event of an order, as if the product service had rejected it too often. */
  void park(String order) {
    await().until(() -> ask("select count(*) from refused_event").equals("0"));
    ask(
        """
        insert into refused_event (event_id, order_id, sequence, type, attempts, parked_at)
        select id, order_id, sequence, type, 12, now() from event where order_id = '%s'
        """
            .formatted(order));
  }

  /** Removes discarded events, so that the audit finds nothing. */
  void forgetDiscarded() {
    ask("delete from refused_event where discarded_at is not null");
  }

  private String ask(String sql) {
    try {
      return TestServer.ask(orders, sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private RestResponse send(RestRequest request, int expected) {
    var response = client.send(request);
    assertThat(response.status()).as(response.content()).isEqualTo(expected);
    return response;
  }
}
