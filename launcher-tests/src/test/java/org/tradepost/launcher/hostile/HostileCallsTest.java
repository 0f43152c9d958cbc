package org.tradepost.launcher.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.contract.RestDocument;
import org.tradepost.launcher.up.TestSingleJvm;
import org.tradepost.proof.rest.RestRequest;

/**
 * Sends twenty thousand hostile calls, made from the OpenAPI document, and checks the responses
 * against it.
 */
class HostileCallsTest {
  private static final int CALLS = Integer.getInteger("hostile.calls", 20_000);
  private static final long SEED = Long.getLong("hostile.seed", 1);

  @TempDir private static Path directory;
  private static TestSingleJvm shop;

  @BeforeAll
  static void start() {
    shop = TestSingleJvm.start(directory);
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void every_answer_is_one_that_the_document_announces() throws Exception {
    var administrator = logIn(administrator());
    var customer = logIn(register());
    var document = new RestDocument(shop.client().send(RestRequest.get("/openapi.json")).body());
    var products = new ArrayList<String>();
    shop.client()
        .send(RestRequest.get("/v1/products?limit=5&sort=createdAt"))
        .body()
        .path("items")
        .forEach(product -> products.add(product.path("id").asText()));
    var orders = new ArrayList<String>();
    for (var product : products) {
      orders.add(order(product, customer));
    }
    Map<String, List<String>> ids = Map.of("products", products, "orders", orders);
    var calls = new HostileCalls(shop.port(), document, List.of(administrator, customer), ids);
    var findings = calls.send(SEED, CALLS);
    System.out.println("Answers by status: " + findings.statuses());
    assertThat(findings.faults()).as("of seed " + SEED).isEmpty();
    assertThat(shop.faultsOfDemo()).isEmpty();
  }

  private static String order(String product, String customer) {
    var order = JsonNodeFactory.instance.objectNode();
    order.putArray("lines").addObject().put("productId", product).put("quantity", 1);
    var placed = shop.client().send(RestRequest.post("/v1/orders", order).as(customer));
    assertThat(placed.status()).isEqualTo(201);
    return placed.text("/id");
  }

  private static ObjectNode register() {
    var account = account(UUID.randomUUID() + "@example.org", "a long walk to the sea");
    var registration =
        RestRequest.post("/v1/auth/register", account.deepCopy().put("name", "Robin"));
    assertThat(shop.client().send(registration).status()).isEqualTo(201);
    return account;
  }

  private static ObjectNode account(String email, String password) {
    return JsonNodeFactory.instance.objectNode().put("email", email).put("password", password);
  }

  private static String logIn(ObjectNode account) {
    return shop.client().send(RestRequest.post("/v1/auth/login", account)).text("/access_token");
  }

  private static ObjectNode administrator() {
    return account("admin@tradepost.example", shop.administratorPassword());
  }
}
