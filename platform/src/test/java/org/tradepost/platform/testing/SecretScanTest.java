package org.tradepost.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.telemetry.tracing.Tracing;

/** The scan finds secrets in logs, traces and metrics, and nothing else. */
class SecretScanTest {

  private static final String EMAIL = "ada@customer.example";
  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl",
        "bearer 0123456789",
        "SpZ3g0L9xFyJpC9Prs7BNogJtFVr2oO7Nj5VuwWHN8s",
        EMAIL,
        "ada%40customer.example",
        "{\"password\":\"x\"}",
        "{\\\"password\\\": \\\"x\\\"}",
        "Login[password=x]",
        "?password=x",
        "TRADEPOST_ADMIN_PASSWORD=x",
        "a long walk to the sea",
        TestNode.SECRET
      })
  void finds_what_nobody_else_may_know(String secret) {
    assertThat(SecretScan.find("a line " + secret + " of a log")).hasSize(1);
    assertThatThrownBy(() -> SecretScan.requireNone("a text", secret))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a text must have no token, password or email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests [service=order request=8c0f3a52b1d94e77 trace=4bf92f3577b34da6a3ce929d0e0e4736]",
        "{\"order.id\":\"0e0f9c0a-7a53-5c6e-9f5e-6b6f2a6f2b11\",\"traceparent\":\""
            + SAMPLED
            + "\"}",
        "io.vertx.core.impl.EventLoopContext@7b49cea0. It is",
        "at org.tradepost.platform.telemetry.tracing.TracingZipkinSpan.of(TracingZipkinSpan.java:51)",
        "requests [service=gateway request=Bearer trace=a5314bf92f3577b34da6a3ce929d0e0e]",
        "update account set password_hash = $2 where id = any($1)",
        "The password is too short. Its token is not accepted: bearer tokens expire."
      })
  void finds_nothing_in_what_operators_read(String text) {
    assertThat(SecretScan.find(text)).isEmpty();
  }

  @Test
  void every_log_of_a_module_is_scanned(@TempDir Path target) throws IOException {
    assertThat(LogScan.logs(target)).isEmpty();
    var logs = Files.createDirectory(target.resolve("logs"));
    var reports = Files.createDirectory(target.resolve("surefire-reports"));
    var service = Files.writeString(logs.resolve("order-1.log"), "served " + EMAIL);
    var test = Files.writeString(reports.resolve("org.A-output.txt"), "served\n" + EMAIL);
    Files.writeString(reports.resolve("org.A.txt"), "Tests run: 1");
    assertThat(LogScan.logs(target))
        .containsExactlyInAnyOrder(service, test)
        .allSatisfy(
            log ->
                assertThatThrownBy(() -> SecretScan.requireNoneIn(log))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll(log.toString(), EMAIL));
  }

  @Test
  void every_trace_that_a_test_receives_is_scanned() {
    var receiver = new TraceReceiver();
    var tracing = Tracing.from(Settings.of(receiver.settings()), "shed-1", "shed");
    var span = tracing.serve("GET", Optional.of(SAMPLED));
    span.event("asked", "client", EMAIL);
    span.end(null);
    receiver.await("the request", received -> received.name().equals("GET"));
    TestNode.await(tracing.stop());
    assertThatThrownBy(receiver::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(EMAIL);
  }

  @Test
  void all_metrics_that_a_test_reads_are_scanned() {
    var node = TestNode.start();
    node.metrics().gauge("clients", "How many there are", Tags.of("client", EMAIL), () -> 1);
    assertThatThrownBy(() -> ExposedMetrics.of(node))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(EMAIL);
    TestNode.await(node.stop());
  }
}
