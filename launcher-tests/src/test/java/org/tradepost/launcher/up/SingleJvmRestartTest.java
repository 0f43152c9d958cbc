package org.tradepost.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.rest.RestRequest;
import org.tradepost.launcher.startup.SampleCatalogue;

class SingleJvmRestartTest {
  private static final ObjectNode ACCOUNT =
      JsonNodeFactory.instance
          .objectNode()
          .put("email", "kept@example.org")
          .put("password", "a long walk to the sea");

  @TempDir Path directory;

  @Test
  void keeps_its_data_and_makes_up_for_a_first_start_that_was_interrupted() {
    int catalogue = SampleCatalogue.products().size();
    try (TestSingleJvm interrupted = TestSingleJvm.startEmpty(directory)) {
      ObjectNode registration = ACCOUNT.deepCopy().put("name", "Kept");
      assertThat(post(interrupted, "/v1/auth/register", registration)).isEqualTo(201);
      assertThat(interrupted.products()).isZero();
    }
    try (TestSingleJvm shop = TestSingleJvm.start(directory)) {
      assertThat(shop.products()).isEqualTo(catalogue);
      assertThat(shop.announce())
          .contains("admin@tradepost.example")
          .contains("random, not shown again");
    }
    try (TestSingleJvm shop = TestSingleJvm.start(directory)) {
      assertThat(shop.announce()).doesNotContain("password ").contains("Tradepost is up.");
      assertThat(post(shop, "/v1/auth/login", ACCOUNT)).isEqualTo(200);
      assertThat(shop.products()).isEqualTo(catalogue);
    }
  }

  private static int post(TestSingleJvm shop, String path, ObjectNode body) {
    return shop.client().send(RestRequest.post(path, body)).status();
  }
}
