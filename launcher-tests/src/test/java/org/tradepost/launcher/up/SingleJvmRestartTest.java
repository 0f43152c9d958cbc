package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.guestbook.GuestbookJar;
import org.tradepost.launcher.services.Services;
import org.tradepost.launcher.startup.SampleCatalogue;
import org.tradepost.proof.rest.RestRequest;

class SingleJvmRestartTest {
  private static final ObjectNode ACCOUNT =
      JsonNodeFactory.instance
          .objectNode()
          .put("email", "kept@example.org")
          .put("password", "a long walk to the sea");

  @TempDir Path directory;

  @Test
  void keeps_its_data_and_makes_up_for_a_first_start_that_was_interrupted() {
    var catalogue = SampleCatalogue.products().size();
    try (var interrupted = TestSingleJvm.startEmpty(directory)) {
      var registration = ACCOUNT.deepCopy().put("name", "Kept");
      assertThat(post(interrupted, "/v1/auth/register", registration)).isEqualTo(201);
      assertThat(interrupted.products()).isZero();
    }
    try (var shop = TestSingleJvm.start(directory)) {
      assertThat(shop.products()).isEqualTo(catalogue);
      assertThat(shop.announce())
          .contains("admin@tradepost.example")
          .contains("random, not shown again");
    }
    try (var shop = TestSingleJvm.start(directory)) {
      assertThat(shop.announce()).doesNotContain("password ").contains("Tradepost is up.");
      assertThat(post(shop, "/v1/auth/login", ACCOUNT)).isEqualTo(200);
      assertThat(shop.products()).isEqualTo(catalogue);
    }
  }

  @Test
  void runs_a_service_beside_it_that_keeps_its_data_too() {
    var jar = GuestbookJar.write(directory.resolve("guestbook.jar"), GuestbookJar.DESCRIPTOR);
    var services = Services.BUILT_IN.with(jar, Optional.empty());
    var data = directory.resolve("data");
    for (var starts = 1; starts <= 2; starts++) {
      try (var shop = TestSingleJvm.startEmpty(data, services)) {
        var read = RestRequest.get("/v1/guestbook");
        await().until(() -> shop.client().send(read).status() == 200);
        assertThat(shop.client().send(read).body().path("entries").asInt()).isEqualTo(starts);
        assertThat(shop.announce()).contains("guestbook-1    process ", "/guestbook");
      }
    }
    try (var shop = TestSingleJvm.startEmpty(data)) {
      assertThat(shop.client().send(RestRequest.get("/v1/guestbook")).status()).isEqualTo(404);
    }
  }

  private static int post(TestSingleJvm shop, String path, ObjectNode body) {
    return shop.client().send(RestRequest.post(path, body)).status();
  }
}
