package org.tradepost.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** A customer's visit: finds a product, orders it, and cancels the order. */
public final class Demo {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration STOCK_TIMEOUT = Duration.ofSeconds(15);
  private static final int QUANTITY = 2;

  private final DemoSteps steps;
  private final String email = "customer-" + UUID.randomUUID() + "@example.org";
  private final String password = "correct-horse-" + UUID.randomUUID();
  private String token = "";
  private JsonNode product = JSON.missingNode();
  private long availableBefore;
  private RestResponse placed;

  public Demo(DemoSteps steps) {
    this.steps = steps;
  }

  /** Runs all steps; each reports whether it went as expected. */
  public void run() {
    register();
    logIn();
    search();
    readStock();
    placeOrderTwice();
    seeStockGoDown();
    readOrder();
    cancel();
    seeStockReturn();
  }

  private void register() {
    steps.start("Register as a new customer");
    var body = JSON.objectNode().put("email", email).put("password", password);
    var answer =
        steps.exchange(RestRequest.post("/v1/auth/register", body.put("name", "Robin Demo")));
    // Only the same request can cause a conflict: it took effect although its response was 503.
    steps.require(answer.status() == 201 || answer.status() == 409, "the account exists (201)");
  }

  private void logIn() {
    steps.start("Log in");
    var answer = steps.exchange(RestRequest.logIn(email, password));
    token = answer.text("/access_token");
    steps.require(answer.status() == 200 && !token.isEmpty(), "there is an access token (200)");
  }

  private void search() {
    steps.start("Search the catalogue");
    var answer = steps.exchange(RestRequest.get("/v1/products?q=coffee"));
    steps.require(answer.status() == 200, "the catalogue answers (200)");
    product = firstInStock(answer.body().path("items"));
    if (product.isMissingNode()) {
      answer = steps.exchange(RestRequest.get("/v1/products?limit=100"));
      product = firstInStock(answer.body().path("items"));
    }
    steps.require(
        !product.isMissingNode(),
        String.format(
            Locale.ROOT,
            "there is a product with %d pieces in stock%s",
            QUANTITY,
            product.isMissingNode() ? "" : ": " + product.path("name").asText()));
  }

  private static JsonNode firstInStock(JsonNode items) {
    for (var item : items) {
      if (item.path("available").asLong() >= QUANTITY) {
        return item;
      }
    }
    return JSON.missingNode();
  }

  private void readStock() {
    steps.start("Read its stock");
    var answer = steps.exchange(stock());
    availableBefore = answer.number("/available");
    steps.require(
        answer.status() == 200 && availableBefore >= QUANTITY, availableBefore + " are available");
  }

  private void placeOrderTwice() {
    steps.start("Order " + QUANTITY + " of it");
    var order = order(UUID.randomUUID().toString());
    placed = steps.exchange(order);
    steps.require(placed.status() == 201, "the order is placed (201)");
    steps.expect(placed.text("/status").equals("PLACED"), "its status is PLACED");
    steps.expect(
        placed.number("/total/amount") == QUANTITY * product.at("/price/amount").asLong(),
        "its total is " + QUANTITY + " times the price");

    steps.start("Send the same request again, as after a lost response");
    var again = steps.exchange(order);
    steps.expect(again.status() == placed.status(), "the status is the same");
    steps.expect(again.body().equals(placed.body()), "the body is the same");
    steps.expect(
        again.header("idempotency-replayed").equals("true"), "Idempotency-Replayed is true");
  }

  private RestRequest order(String key) {
    var body = JSON.objectNode();
    var line = body.putArray("lines").addObject();
    line.put("productId", product.path("id").asText()).put("quantity", QUANTITY);
    line.set("expectedUnitPrice", product.path("price"));
    body.put("note", "Please ring twice");
    return RestRequest.post("/v1/orders", body).as(token).with("idempotency-key", key);
  }

  private void seeStockGoDown() {
    steps.start("See the stock change");
    var answer = steps.exchange(stock());
    var expected = availableBefore - QUANTITY;
    steps.expect(
        answer.number("/available") == expected,
        expected + " are available, unless somebody else is buying too");
  }

  private void readOrder() {
    steps.start("Read the order");
    var answer = steps.exchange(RestRequest.get(orderPath()).as(token));
    steps.expect(answer.status() == 200, "it is found (200)");
    steps.expect(
        answer.text("/number").equals(placed.text("/number")), "it is the one that was placed");
    steps.start("Read its history");
    var history = steps.exchange(RestRequest.get(orderPath() + "/history").as(token));
    steps.expect(
        history.status() == 200 && !history.body().at("/items/0").isMissingNode(),
        "it shows that the order was placed");
  }

  private void cancel() {
    steps.start("Cancel the order");
    var body = JSON.objectNode().put("reason", "Changed my mind");
    var answer = steps.exchange(RestRequest.post(orderPath() + "/cancel", body).as(token));
    steps.expect(
        answer.status() == 200 && answer.text("/status").equals("CANCELLED"),
        "its status is CANCELLED");
  }

  private void seeStockReturn() {
    steps.start("See the stock return");
    var answer =
        steps.await(
            stock(), latest -> latest.number("/available") == availableBefore, STOCK_TIMEOUT);
    steps.expect(
        answer.number("/available") == availableBefore,
        availableBefore + " are available again, unless somebody else is buying too");
  }

  private RestRequest stock() {
    return RestRequest.get("/v1/products/" + product.path("id").asText() + "/stock");
  }

  private String orderPath() {
    return "/v1/orders/" + placed.text("/id");
  }
}
