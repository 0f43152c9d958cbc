package org.tradepost.launcher.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.RotatedLog;
import org.tradepost.launcher.cli.Terminal;

/** The log files of a data directory, as the command shows them. */
class LogsCommandTest {
  @TempDir Path data;
  private Path order;
  private Path gateway;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void createDirectory() throws IOException {
    var logs = Files.createDirectory(data.resolve("logs"));
    order = logs.resolve("order-1.log");
    gateway = logs.resolve("gateway-1.log");
  }

  @Test
  void merges_members_by_time_in_both_formats() {
    append(order, text(1, "-", "one"), text(4, "-", "four") + "\n\tat some.Place\n\tat another");
    append(gateway, json(2, "", "two"), json(5, "", "five"));
    append(data.resolve("tradepost.log"), text(3, "-", "three"));
    assertThat(run()).isZero();
    assertThat(lines())
        .containsExactly(
            "order-1    | " + text(1, "-", "one"),
            json(2, "", "two"),
            "tradepost  | " + text(3, "-", "three"),
            "order-1    | " + text(4, "-", "four"),
            "order-1    | \tat some.Place",
            "order-1    | \tat another",
            json(5, "", "five"));
  }

  @Test
  void times_of_different_zones_are_compared() {
    append(order, "2026-03-01T12:00:00.500+01:00 INFO  Some - second");
    append(gateway, "2026-03-01T11:00:00.400Z INFO  Some - first");
    run();
    assertThat(lines().get(0)).endsWith("first");
  }

  @Test
  void older_files_come_first() throws IOException {
    var files = new RotatedLog(order);
    for (var number = 1; number <= 4; number++) {
      append(order, text(number, "-", "line " + number));
      if (number < 4) {
        files.rotate();
      }
    }
    run();
    assertThat(lines()).hasSize(4).isSorted();
  }

  @Test
  void finds_a_request_a_trace_and_an_order() {
    append(
        order,
        text(1, "[service=order request=r1 trace=t1 span=s order=o1]", "a"),
        text(3, "[service=order request=r2 trace=t2 span=s order=o2]", "b"));
    append(
        gateway,
        json(2, "\"http.request.id\":\"r1\",\"trace.id\":\"t1\",", "c"),
        json(4, "\"http.request.id\":\"r2\",\"trace.id\":\"t2\",\"order.id\":\"o2\",", "d"));
    for (var option : new String[] {"--request=r1", "--trace=t1", "--order=o1"}) {
      printed.reset();
      assertThat(run(option)).as(option).isZero();
      assertThat(lines()).hasSize(2);
      assertThat(lines().get(0)).endsWith(" a");
      assertThat(lines().get(1)).contains("\"c\"");
    }
    printed.reset();
    assertThat(run("--order=o2", "--request=r1")).isEqualTo(1);
    assertThat(lines()).containsExactly("Nothing that matches has been logged in " + data + ".");
  }

  @Test
  void what_others_have_printed_does_no_harm_to_a_terminal() {
    append(order, "a JVM's own warning", text(1, "-", "x\u001b[2J\u009b1m\u202ey\r"));
    run();
    assertThat(lines())
        .containsExactly(
            "order-1    | a JVM's own warning",
            "order-1    | " + text(1, "-", "x\\u001b[2J\\u009b1m\\u202ey\\u000d"));
  }

  @Test
  void says_that_nothing_has_been_logged() throws IOException {
    Files.delete(order.getParent());
    assertThat(run()).isEqualTo(1);
    assertThat(printed()).isEqualTo("Nothing has been logged in " + data + ".\n");
  }

  @Test
  void follows_what_is_written_while_files_rotate_and_members_join() throws Exception {
    append(order, text(1, "-", "line 1"));
    var files = new RotatedLog(order);
    var following = new Thread(() -> run("--follow"), "logs");
    following.start();
    try {
      for (var number = 2; number <= 40; number++) {
        if (number % 10 == 0) {
          awaitLine("line " + (number - 1));
          files.rotate();
        }
        append(order, text(number, "-", "line " + number));
      }
      Files.writeString(gateway, json(50, "", "half").substring(0, 20));
      awaitLine("line 40");
      append(gateway, json(50, "", "half").substring(20));
      awaitLine("\"half\"");
      assertThat(lines().subList(0, 40))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 40)
                  .mapToObj(number -> "order-1    | " + text(number, "-", "line " + number))
                  .toList());
    } finally {
      following.interrupt();
      following.join();
    }
  }

  @Test
  void follows_no_longer_than_somebody_reads() throws Exception {
    var unread = new CountDownLatch(1);
    var pipe =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            unread.countDown();
            throw new IOException("Broken pipe");
          }
        };
    var following =
        new Thread(
            () ->
                Main.commandLine(Terminal.to(pipe))
                    .execute("logs", "--follow", "--data", data.toString()),
            "logs");
    following.start();
    try {
      append(order, text(1, "-", "line 1"));
      unread.await();
      await().until(() -> !following.isAlive());
    } finally {
      following.interrupt();
      following.join();
    }
  }

  private void awaitLine(String text) {
    await().untilAsserted(() -> assertThat(printed()).contains(text));
  }

  private static void append(Path file, String... lines) {
    try {
      Files.writeString(
          file,
          String.join("\n", lines) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(int second, String ids, String message) {
    return "2026-03-01T11:00:" + two(second) + ".000Z INFO  Some " + ids + " " + message;
  }

  private static String json(int second, String fields, String message) {
    return "{\"@timestamp\":\"2026-03-01T11:00:%s.000Z\",%s\"message\":\"%s\"}"
        .formatted(two(second), fields, message);
  }

  private static String two(int digits) {
    return String.format(Locale.ROOT, "%02d", digits);
  }

  private int run(String... options) {
    var line = Main.commandLine(Terminal.to(printed));
    var words = new String[options.length + 3];
    words[0] = "logs";
    words[1] = "--data";
    words[2] = data.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return line.execute(words);
  }

  private List<String> lines() {
    return printed().lines().toList();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
