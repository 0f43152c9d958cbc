package org.tradepost.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tradepost.common.json.WireJson;

/** Scans what all tests of a module have logged. Runs after them, in every module. */
class LogScan {

  private static final Path TARGET = Path.of("target");

  @Test
  void no_log_has_a_token_a_password_or_an_email() throws IOException {
    logs(TARGET).forEach(SecretScan::requireNoneIn);
  }

  @Test
  void every_line_of_a_log_in_json_is_an_object_with_a_time() throws IOException {
    for (var log : ofProcesses(TARGET)) {
      var lines = Files.readAllLines(log);
      if (!lines.isEmpty() && lines.get(0).startsWith("{")) {
        assertThat(lines)
            .as("%s", log)
            .allSatisfy(
                line -> assertThat(WireJson.read(line, JsonNode.class).has("@timestamp")).isTrue());
      }
    }
  }

  /** The logs of services in their own processes, and the output of the test JVMs. */
  static List<Path> logs(Path target) throws IOException {
    return Stream.concat(
            ofProcesses(target).stream(),
            filesIn("surefire-reports", target).stream()
                .filter(file -> file.toString().endsWith("-output.txt")))
        .toList();
  }

  /** Each test JVM may have a directory of its own. */
  private static List<Path> ofProcesses(Path target) throws IOException {
    return filesIn("logs", target);
  }

  private static List<Path> filesIn(String directory, Path target) throws IOException {
    try (var files = Files.walk(target, 3)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getParent().endsWith(directory))
          .toList();
    }
  }
}
