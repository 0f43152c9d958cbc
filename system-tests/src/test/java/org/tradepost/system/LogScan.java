package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.testing.TestNode;

/** What the services of all tests before have logged. Runs after them. */
class LogScan {

  /** Tokens, and whatever looks like an email. */
  private static final Pattern SECRET =
      Pattern.compile(
          "eyJ[\\w-]{10,}\\.[\\w-]{10,}|[Bb]earer \\S{10}|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,}");

  private static final List<String> SECRETS =
      List.of(ShopCluster.ADMIN_PASSWORD, TestDeployment.PASSWORD, TestNode.SECRET);

  @Test
  void no_log_has_a_token_a_password_or_an_email() throws IOException {
    for (var log : logs()) {
      var text = Files.readString(log);
      assertThat(SECRET.matcher(text).results().map(found -> found.group()))
          .as("%s", log)
          .isEmpty();
      assertThat(text).as("%s", log).doesNotContain(SECRETS);
    }
  }

  @Test
  void every_line_of_a_log_in_json_is_an_object_with_a_time() throws IOException {
    for (var log : logs()) {
      var lines = Files.readAllLines(log);
      if (!lines.isEmpty() && lines.get(0).startsWith("{")) {
        assertThat(lines)
            .as("%s", log)
            .allSatisfy(
                line -> assertThat(WireJson.read(line, JsonNode.class).has("@timestamp")).isTrue());
      }
    }
  }

  private static List<Path> logs() throws IOException {
    try (var files = Files.list(ServiceProcess.LOGS)) {
      var logs = files.toList();
      assertThat(logs).isNotEmpty();
      return logs;
    }
  }
}
