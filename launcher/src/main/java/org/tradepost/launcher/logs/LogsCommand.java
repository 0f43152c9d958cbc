package org.tradepost.launcher.logs;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.platform.telemetry.logging.LogText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the logs of all members, merged by time. */
@Command(
    name = "logs",
    description = "Shows what the members of ./tradepost up or cluster have logged, by time.",
    footer = {
      "",
      "It reads the files in the data directory, also after the members have ended. Each line "
          + "begins with the name of its member; a line in JSON is shown as it is.",
      "The exit status is 0 if there was something to show, 1 if not."
    })
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 200;

  private final Terminal terminal;

  @Mixin private RunningDataOption data;

  @Option(names = "--follow", description = "Continue with what is logged from now on.")
  private boolean follow;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Only what belongs to this request: the X-Request-Id of its response.")
  private Optional<String> request;

  @Option(
      names = "--trace",
      paramLabel = "ID",
      description = "Only what belongs to this trace, 32 hexadecimal digits.")
  private Optional<String> trace;

  @Option(
      names = "--order",
      paramLabel = "ID",
      description = "Only what belongs to this order, and the requests about it.")
  private Optional<String> order;

  private boolean shown;

  public LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var log = new MergedLog(data.directory());
    if (!follow && !log.exists()) {
      throw new CommandFailure("Nothing has been logged in " + data.directory() + ".");
    }
    var filter = new LogFilter(request, trace, order);
    do {
      log.read(
          (member, record) -> {
            if (filter.test(record)) {
              show(member, record);
            }
          });
      if (follow) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } while (follow && !terminal.hasFailed());
    if (!shown) {
      throw new CommandFailure("Nothing that matches has been logged in " + data.directory() + ".");
    }
    return 0;
  }

  private void show(String member, LogRecord log) {
    shown = true;
    var text = LogText.escape(log.text());
    if (log.isJson()) {
      terminal.print(text);
    } else {
      var label = "%-10s | ".formatted(member);
      terminal.print(label + text.replace("\n", "\n" + label));
    }
  }
}
