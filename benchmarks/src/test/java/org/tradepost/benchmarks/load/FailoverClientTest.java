package org.tradepost.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.LoopbackAddress;
import org.tradepost.proof.rest.RestRequest;

class FailoverClientTest {
  private final Vertx vertx = Vertx.vertx();
  private final Socket bound = new Socket();
  private final LoadRequest request =
      LoadRequest.of(
          RestRequest.get("/"),
          (status, body) -> Optional.of(new String(body, StandardCharsets.UTF_8)));

  @AfterEach
  void close() throws IOException {
    Await.on(vertx.close());
    bound.close();
  }

  private HttpServer gateway(Handler<HttpServerRequest> handler) {
    return Await.on(
        vertx.createHttpServer().requestHandler(handler).listen(0, LoopbackAddress.ADDRESS));
  }

  private FailoverClients clientOf(HttpServer... gateways) {
    return clientOf(Stream.of(gateways).map(HttpServer::actualPort).toArray(Integer[]::new));
  }

  private FailoverClients clientOf(Integer... ports) {
    return new FailoverClients(1, List.of(ports), () -> request);
  }

  /** A port that refuses connections and is not free: it is bound, but not listening. */
  private int closedPort() throws IOException {
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return bound.getLocalPort();
  }

  /** The outcome of a request: here the body, or what went wrong. */
  private static String send(FailoverClients clients) throws Exception {
    var outcome = new CompletableFuture<String>();
    clients.all().get(0).send(fault -> outcome.complete(fault.orElseThrow()));
    return outcome.get(60, TimeUnit.SECONDS);
  }

  @Test
  void a_gateway_that_responds_gets_the_next_request() throws Exception {
    var one = gateway(request -> request.response().end("one"));
    var other = gateway(request -> request.response().end("other"));
    try (var clients = clientOf(one, other)) {
      assertThat(send(clients)).isEqualTo("one");
      assertThat(send(clients)).isEqualTo("one");
    }
  }

  @Test
  void one_that_closes_the_connection_does_not() throws Exception {
    var leaving =
        gateway(request -> request.response().putHeader("connection", "close").end("leaving"));
    var other = gateway(request -> request.response().end("other"));
    try (var clients = clientOf(leaving, other)) {
      assertThat(send(clients)).isEqualTo("leaving");
      assertThat(send(clients)).isEqualTo("other");
    }
  }

  @Test
  void one_that_refuses_connections_is_skipped() throws Exception {
    var other = gateway(request -> request.response().end("other"));
    try (var clients = clientOf(closedPort(), other.actualPort())) {
      assertThat(send(clients)).isEqualTo("other");
    }
  }

  @Test
  void a_request_whose_connection_is_reset_has_failed() throws Exception {
    var dying = gateway(request -> request.connection().close());
    var other = gateway(request -> request.response().end("other"));
    try (var clients = clientOf(dying, other)) {
      assertThat(send(clients)).isEqualTo("the connection was closed before an answer");
      assertThat(send(clients)).isEqualTo("other");
    }
  }

  @Test
  void no_gateway_at_all_is_a_failure() throws Exception {
    try (var clients = clientOf(closedPort())) {
      assertThat(send(clients)).isEqualTo("no gateway accepts a connection");
    }
  }
}
