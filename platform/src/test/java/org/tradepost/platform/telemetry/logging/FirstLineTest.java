package org.tradepost.platform.telemetry.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tradepost.platform.testing.TestNode;

/**
 * The first log line of a process, written before there is a Vert.x, on a thread without a class
 * loader, like those of the tracing SDK.
 */
class FirstLineTest {

  /** A separate process in which nothing is initialized yet. */
  public static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      var thread = new Thread(() -> LoggerFactory.getLogger("First").info("the first line"));
      thread.setContextClassLoader(null);
      thread.start();
      thread.join();
      var vertx = Vertx.vertx();
      vertx.runOnContext(
          started -> {
            LoggingContext.start("shed", "the-request", null);
            LoggerFactory.getLogger("Second").info("the second line");
            vertx.close();
          });
    }
  }

  @Test
  void leaves_vertx_usable() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Program.class.getName())
            .redirectErrorStream(true)
            .start();
    var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(TestNode.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(lines)
        .contains("First - the first line")
        .contains("Second [service=shed request=the-request] the second line");
  }
}
