package org.tradepost.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tradepost.platform.testing.FreePorts;
import org.tradepost.platform.testing.TestNode;

class ServiceMainTest {
  private static final String WAITS = "the service waits";

  /** A service whose start waits before a retry, as without a database. */
  static final class Program {
    public static void main(String[] arguments) {
      ServiceMain.run(
          "weather",
          settings -> 0,
          (node, config) ->
              new VerticleBase() {
                @Override
                public Future<?> start() {
                  System.out.println(WAITS);
                  return vertx.timer(10, TimeUnit.MINUTES);
                }
              });
    }
  }

  @Test
  void a_service_that_is_stopped_while_it_starts_does_not_say_that_it_cannot() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Program.class.getName())
            .redirectErrorStream(true);
    builder.environment().putAll(TestNode.settings());
    builder.environment().put("TRADEPOST_CLUSTER_PORT", FreePorts.find(1).get(0).toString());
    var process = builder.start();
    var lines = new ArrayList<String>();
    try (var output = process.inputReader()) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.equals(WAITS)) {
          process.toHandle().destroy();
        }
      }
      assertThat(process.waitFor(TestNode.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(lines)
        .contains(WAITS)
        .anyMatch(
            line -> line.contains("INFO") && line.endsWith("weather was stopped while it started"))
        .noneMatch(line -> line.contains("ERROR"));
  }
}
