package org.tradepost.launcher.up;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tradepost.proof.rest.RestClient;
import org.tradepost.proof.rest.RestRequest;
import org.tradepost.proof.rest.RestResponse;

/** Customers who place orders and cancel them, until they are stopped. */
final class StreamBuyers implements AutoCloseable {
  private static final String PASSWORD = "a long walk to the sea";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RestClient client;
  private final String productId;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> buying = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  StreamBuyers(RestClient client) {
    this.client = client;
    var items = client.send(RestRequest.get("/v1/products?limit=100")).body().path("items");
    this.productId = items.get(0).path("id").asText();
  }

  /** A new customer's token. */
  String newCustomer() {
    var account = JSON.objectNode();
    account.put("email", UUID.randomUUID() + "@example.org").put("password", PASSWORD);
    client.send(RestRequest.post("/v1/auth/register", account.deepCopy().put("name", "Robin")));
    return client.send(RestRequest.post("/v1/auth/login", account)).text("/access_token");
  }

  /** Lets a customer buy, and returns the ids of the orders, each of which is cancelled. */
  ConcurrentLinkedQueue<String> buyAs(String token) {
    var orders = new ConcurrentLinkedQueue<String>();
    buying.add(
        threads.submit(
            () -> {
              while (!stopped.get()) {
                orders.add(placeAndCancel(token));
              }
            }));
    return orders;
  }

  private String placeAndCancel(String token) {
    var order = JSON.objectNode();
    order.putArray("lines").addObject().put("productId", productId).put("quantity", 1);
    var key = UUID.randomUUID().toString();
    var placed =
        repeatedly(RestRequest.post("/v1/orders", order).as(token).with("Idempotency-Key", key));
    var path = "/v1/orders/" + placed.text("/id") + "/cancel";
    var cancelled = repeatedly(RestRequest.post(path, JSON.objectNode()).as(token));
    if (placed.status() != 201 || cancelled.status() != 200) {
      throw new AssertionError(placed + " " + cancelled);
    }
    return placed.text("/id");
  }

  /** Retries, because services on a busy machine may reject a request. */
  private RestResponse repeatedly(RestRequest request) {
    return client.sendRepeatedly(request, (response, seconds) -> {});
  }

  /** Stops the customers, and throws what went wrong for one of them. */
  void stop() throws Exception {
    stopped.set(true);
    for (var one : buying) {
      one.get();
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.shutdownNow();
  }
}
