package org.tradepost.launcher.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.data.Administrator;
import org.tradepost.launcher.data.DataDirectory;
import org.tradepost.launcher.data.FirstStart;
import org.tradepost.launcher.data.Secrets;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.rest.RestClient;

/** What remains of a first start when the REST API rejects a part of it. */
class OpenDataDirectoryTest {
  private static final Settings NOTHING_SET = Settings.of(Map.of());
  private static final Settings PASSWORD_SET =
      Settings.of(Map.of("TRADEPOST_ADMIN_PASSWORD", "set by the operator"));

  @TempDir Path directory;
  private DataDirectory data;
  private HttpServer api;
  private final Queue<Integer> logins = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> rejections = new ConcurrentLinkedQueue<>();
  private final AtomicInteger products = new AtomicInteger();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void open() throws IOException {
    data = DataDirectory.open(directory);
    api = HttpServer.create(new InetSocketAddress(Loopback.ADDRESS, 0), 0);
    api.createContext("/v1/auth/login", exchange -> answer(exchange, logins.remove()));
    api.createContext(
        "/v1/products",
        exchange -> {
          var rejection = rejections.poll();
          if (rejection == null) {
            products.incrementAndGet();
          }
          answer(exchange, rejection == null ? 201 : rejection);
        });
    api.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var body = "{\"access_token\":\"a token\",\"title\":\"A reason\"}";
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Retry-After", "1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void close() {
    api.stop(0);
    data.close();
  }

  @Test
  void repeats_what_is_rejected_for_a_moment() {
    // More than the six attempts of RestClient.sendRepeatedly.
    logins.addAll(List.of(503, 429, 503, 503, 503, 503, 503, 503, 200));
    rejections.addAll(List.of(429, 503));
    assertThat(finish(NOTHING_SET, false)).isPresent();
    assertThat(products).hasValue(SampleCatalogue.products().size());
  }

  @Test
  void fails_with_the_reason_and_keeps_the_password() {
    var made = FirstStart.of(data, NOTHING_SET).pendingAdministrator();
    logins.add(500);
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> finish(NOTHING_SET, false))
        .withMessage("admin@tradepost.example cannot log in: 500 A reason");
    logins.add(200);
    rejections.add(403);
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> finish(NOTHING_SET, false))
        .withMessageEndingWith("cannot be created: 403 A reason");
    assertThat(FirstStart.of(data, NOTHING_SET).pendingAdministrator()).isEqualTo(made);
  }

  @Test
  void loads_the_catalogue_at_a_later_start_with_the_right_password() {
    logins.addAll(List.of(401, 401, 200));
    assertThat(finish(NOTHING_SET, false)).isEmpty();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("admin@tradepost.example has an unknown password")
        .contains("TRADEPOST_ADMIN_PASSWORD");
    assertThat(finish(PASSWORD_SET, false)).isEmpty();
    assertThat(products).hasValue(0);
    assertThat(finish(PASSWORD_SET, false))
        .map(Administrator::password)
        .contains("set by the operator");
    assertThat(products).hasValue(SampleCatalogue.products().size());
  }

  @Test
  void is_done_without_a_catalogue_where_there_is_an_administrator() {
    logins.add(401);
    assertThat(finish(NOTHING_SET, true)).isEmpty();
    assertThat(printed.size()).isZero();
    assertThat(finish(PASSWORD_SET, false)).isEmpty();
    assertThat(products).hasValue(0);
  }

  private Optional<Administrator> finish(Settings operator, boolean empty) {
    return new OpenDataDirectory(data, Secrets.of(data), operator, FirstStart.of(data, operator))
        .finishFirstStart(
            new RestClient(Loopback.url(api.getAddress().getPort())), empty, Terminal.to(printed));
  }
}
