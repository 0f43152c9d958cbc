package org.tradepost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradepost.gateway.RawClient;
import org.tradepost.platform.testing.TestNode;

class ChunkedWriterTest {

  private static Vertx vertx;
  private static final String BODY = "0123456789".repeat(3_200_007);

  private final CompletableFuture<HttpServerResponse> begun = new CompletableFuture<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    TestNode.await(vertx.close());
  }

  @Test
  void what_nobody_takes_is_kept_back_and_what_somebody_takes_is_whole() {
    var server =
        TestNode.await(vertx.createHttpServer().requestHandler(r -> send(r.response())).listen(0));
    try (var client = RawClient.withSmallBuffer(server.actualPort())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      var response = begun.join();
      await().until(response::writeQueueFull);
      assertThat(response.bytesWritten())
          .as("bytes, of which the kernel takes some")
          .isLessThan(12_000_000);
      assertThat(client.readAll()).endsWith("\r\n\r\n" + BODY);
    }
  }

  private void send(HttpServerResponse response) {
    response.setWriteQueueMaxSize(ChunkedWriter.MAX_UNSENT_BYTES);
    response.putHeader("Content-Length", Integer.toString(BODY.length()));
    ChunkedWriter.send(response, Buffer.buffer(BODY));
    begun.complete(response);
  }
}
