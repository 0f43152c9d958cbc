package org.tradepost.proof.torture.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradepost.proof.rest.RestRequest;

class TortureClientTest {
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_cluster_that_is_not_able_yet_is_asked_again() throws IOException {
    var client = answering(503, 200);
    assertThat(client.require(200, RestRequest.get("/"), "It failed").status()).isEqualTo(200);
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_rejection_is_final() throws IOException {
    var client = answering(401, 200);
    assertThatThrownBy(() -> client.require(200, RestRequest.get("/"), "It failed"))
        .isInstanceOf(TortureFailure.class)
        .hasMessageContaining("It failed");
    assertThat(requests).hasValue(1);
  }

  private TortureClient answering(int first, int later) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(
              requests.incrementAndGet() == 1 ? first : later, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    var address = server.getAddress();
    return new TortureClient(
        List.of(URI.create("http://" + address.getHostString() + ":" + address.getPort())));
  }
}
