package org.tradepost.proof.torture.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls the API on behalf of one account, and notes every call. */
public final class Customer {
  private static final Attempt NOTHING = new Attempt("-", List.of());

  private final Account account;
  private final Api api;
  private final CallLog log;

  public Customer(Account account, Api api, CallLog log) {
    this.account = account;
    this.api = api;
    this.log = log;
  }

  CompletableFuture<Call> place(Attempt attempt) {
    return call(Action.PLACE, attempt, order(attempt));
  }

  /** Hangs up after {@code patience}; by then the request may be anywhere on its way. */
  CompletableFuture<Call> placeWithin(Duration patience, Attempt attempt) {
    return call(Action.PLACE, attempt, order(attempt).within(patience));
  }

  private Api.Request order(Attempt attempt) {
    List<Map<String, Object>> lines =
        attempt.wishes().stream()
            .map(
                wish ->
                    Map.<String, Object>of(
                        "productId", wish.product(), "quantity", wish.quantity()))
            .toList();
    return Api.Request.post("/v1/orders", Map.of("lines", lines), account.token())
        .withKey(attempt.key());
  }

  CompletableFuture<Call> cancel(String order, Attempt attempt) {
    String path = "/v1/orders/" + order + "/cancel";
    return call(Action.CANCEL, attempt, Api.Request.post(path, Map.of(), account.token()));
  }

  CompletableFuture<Call> read(String order, Attempt attempt) {
    return call(Action.READ, attempt, Api.Request.get("/v1/orders/" + order, account.token()));
  }

  CompletableFuture<Call> browse(String product) {
    return call(Action.BROWSE, NOTHING, Api.Request.get("/v1/products/" + product, ""));
  }

  private CompletableFuture<Call> call(Action action, Attempt attempt, Api.Request request) {
    Duration begun = log.now();
    return api.send(request)
        .thenApply(reply -> log.note(account.id(), action, attempt, begun, reply));
  }
}
