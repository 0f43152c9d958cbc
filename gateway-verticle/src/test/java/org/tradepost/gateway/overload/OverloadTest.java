package org.tradepost.gateway.overload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.GatewaySetup;
import org.tradepost.gateway.NoteService;
import org.tradepost.gateway.TestGateway;
import org.tradepost.gateway.TestGateway.Response;
import org.tradepost.platform.testing.TestTokens;

/** More requests than a service can answer in time. */
class OverloadTest {

  /** More scans than may be in flight at a new gateway: 0.6 times 480. */
  private static final int MANY = 350;

  @AutoClose private static GatewaySetup setup;

  private static TestTokens tokens;
  private static NoteService notes;
  private static TestGateway gateway;
  private static int round;

  @BeforeAll
  static void start() {
    setup = new GatewaySetup("TRADEPOST_CLIENT_SHARE_PERCENT", "100");
    tokens = setup.tokens;
    notes = setup.notes;
    gateway = setup.gateway;
  }

  @Test
  void what_is_too_much_is_rejected_at_once_and_what_matters_more_is_served() {
    var token = "Bearer " + tokens.customer("u1");
    // Each call counts for only a moment, too short for a slow machine to have all in flight.
    await()
        .until(
            () -> {
              notes.gate = Promise.promise();
              var scans = scan();
              var rejected = CompletableFuture.anyOf(scans.toArray(CompletableFuture[]::new));
              var isRejected =
                  rejected.thenApply(first -> true).completeOnTimeout(false, 1, SECONDS);
              var overloaded = isRejected.join();
              if (overloaded) {
                assertOverloaded((Response) rejected.join());
                assertThat(gateway.get("/v1/notes/mine", "Authorization", token).status())
                    .isEqualTo(200);
              }
              notes.gate.complete();
              scans.forEach(CompletableFuture::join);
              return overloaded;
            });
    notes.gate = null;
    assertThat(scan().get(0).join().status()).isEqualTo(200);
  }

  /** Each request differs, so that none waits for the reply to another. */
  private static List<CompletableFuture<Response>> scan() {
    round++;
    return IntStream.range(0, MANY)
        .mapToObj(i -> gateway.sendAsync("GET", "/v1/notes?q=" + round + "x" + i))
        .toList();
  }

  private static void assertOverloaded(Response answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("OVERLOADED");
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }
}
