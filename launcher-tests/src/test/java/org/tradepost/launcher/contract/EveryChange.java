package org.tradepost.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;

/** Changes products and orders of a shop in every way that its REST API offers. */
final class EveryChange {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RestClient client;
  private final String token;
  private final Map<String, OperationDescription> operations = new TreeMap<>();
  private final Set<String> called = new TreeSet<>();

  /**
   * @param token the token of an administrator
   */
  EveryChange(RestClient client, String token) {
    this.client = client;
    this.token = token;
    operations.putAll(ApiDescription.load("product").operations());
    operations.putAll(ApiDescription.load("order").operations());
  }

  /** The addresses of the operations that change a product or an order. */
  Set<String> all() {
    return operations.values().stream()
        .filter(operation -> !operation.method().equals("GET"))
        .filter(operation -> !operation.path().startsWith("/v1/orders/parked-events"))
        .map(OperationDescription::address)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The addresses of the operations that were carried out. */
  Set<String> called() {
    return called;
  }

  void make() {
    var product = call("product.v1.create", "", newProduct());
    call("product.v1.change", product, JSON.objectNode().put("name", "Other thing"));
    var dearer = JSON.objectNode();
    dearer.putObject("price").put("amount", 200);
    call("product.v1.change", product, dearer);
    call("product.v1.adjust", product, JSON.objectNode().put("delta", 5).put("reason", "Found."));

    var other = call("product.v1.create", "", newProduct());
    call("product.v1.archive", other, MissingNode.getInstance());
    call("product.v1.change", other, JSON.objectNode().put("status", "active"));

    var regretted = call("order.v1.place", "", order(product));
    call("order.v1.cancel", regretted, JSON.objectNode().put("reason", "By mistake."));
    var wanted = call("order.v1.place", "", order(product));
    call(
        "order.v1.ship",
        wanted,
        JSON.objectNode().put("carrier", "DHL").put("trackingNumber", "JD01"));
    call("order.v1.deliver", wanted, MissingNode.getInstance());
  }

  private static JsonNode newProduct() {
    var sku = UUID.randomUUID().toString().substring(0, 13).toUpperCase(Locale.ROOT);
    var product = JSON.objectNode().put("sku", sku).put("name", "Thing");
    product.put("category", "things").put("initialStock", 10);
    product.putObject("price").put("amount", 100).put("currency", "EUR");
    return product;
  }

  private static JsonNode order(String product) {
    var order = JSON.objectNode();
    order.putArray("lines").addObject().put("productId", product).put("quantity", 1);
    return order;
  }

  /** Calls an operation and returns the id of what it changed. */
  private String call(String address, String id, JsonNode body) {
    var operation = operations.get(address);
    var request =
        RestRequest.of(operation.method(), operation.path().replace("{id}", id))
            .as(token)
            .with("if-match", "*");
    var answer = client.send(body.isMissingNode() ? request : request.withBody(body));
    if (answer.status() != operation.status()) {
      throw new AssertionError(address + " was rejected: " + answer.body());
    }
    called.add(address);
    return answer.text("/id");
  }
}
