package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tradepost.proof.rest.RestRequest;

/** Calls the API on behalf of one account, and logs every call. */
public final class Customer {
  private static final OrderAttempt NOTHING = new OrderAttempt("-", List.of());

  private final Account account;
  private final TortureClient api;
  private final CallLog log;

  public Customer(Account account, TortureClient api, CallLog log) {
    this.account = account;
    this.api = api;
    this.log = log;
  }

  CompletableFuture<LoggedCall> place(OrderAttempt attempt) {
    return call(Action.PLACE, attempt, order(attempt));
  }

  /** Gives up after {@code timeout}, when the request may be at any step. */
  CompletableFuture<LoggedCall> placeWithin(Duration timeout, OrderAttempt attempt) {
    return call(Action.PLACE, attempt, order(attempt).within(timeout));
  }

  private RestRequest order(OrderAttempt attempt) {
    var lines =
        attempt.lines().stream()
            .<Map<String, Object>>map(
                line -> Map.of("productId", line.product(), "quantity", line.quantity()))
            .toList();
    return RestRequest.post("/v1/orders", Map.of("lines", lines))
        .as(account.token())
        .with("idempotency-key", attempt.key());
  }

  CompletableFuture<LoggedCall> cancel(String order, OrderAttempt attempt) {
    var path = "/v1/orders/" + order + "/cancel";
    return call(Action.CANCEL, attempt, RestRequest.post(path, Map.of()).as(account.token()));
  }

  CompletableFuture<LoggedCall> read(String order, OrderAttempt attempt) {
    var read = RestRequest.get("/v1/orders/" + order).as(account.token());
    return call(Action.READ, attempt, read);
  }

  CompletableFuture<LoggedCall> browse(String product) {
    return call(Action.BROWSE, NOTHING, RestRequest.get("/v1/products/" + product));
  }

  private CompletableFuture<LoggedCall> call(
      Action action, OrderAttempt attempt, RestRequest request) {
    var start = log.now();
    return api.send(request)
        .thenApply(reply -> log.note(account.id(), action, attempt, start, reply));
  }
}
