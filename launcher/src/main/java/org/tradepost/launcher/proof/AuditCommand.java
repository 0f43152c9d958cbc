package org.tradepost.launcher.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.RunningDataOption;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.audit.DatabaseUnreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks in the databases of a running system that nothing was lost, duplicated or sold twice. */
@Command(
    name = "audit",
    description =
        "Checks the databases of a running Tradepost: no order lost, no stock sold twice.",
    exitCodeOnExecutionException = AuditCommand.NOT_RUN,
    footer = {
      "",
      "It reads the databases of the data directory, or those that TRADEPOST_PRODUCT_DATABASE_URL, "
          + "_USER and _PASSWORD, and the same settings for ORDER, name.",
      "The exit status is 0 if there are no violations, 1 if there are, 2 if a database could not be read."
    })
public final class AuditCommand implements Callable<Integer> {
  static final int NOT_RUN = 2;

  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Mixin private RunningDataOption data;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "For how long violations by requests in flight are tolerated (default:"
              + " ${DEFAULT-VALUE}).")
  private int wait;

  public AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (wait < 0) {
      throw new ParameterException(command.commandLine(), "--wait must not be negative.");
    }
    try {
      var report =
          AuditedDatabases.of(Settings.fromEnvironment(), data.directory())
              .audit()
              .run(Duration.ofSeconds(wait));
      terminal.print(json ? report.json() : report.text());
      return report.violations() == 0 ? 0 : 1;
    } catch (CommandFailure | Settings.WrongSetting | DatabaseUnreadable e) {
      terminal.print(json ? json(e.getMessage()) : e.getMessage());
      return NOT_RUN;
    }
  }

  private static String json(String reason) {
    return JsonNodeFactory.instance.objectNode().put("couldNotLook", reason).toPrettyString();
  }
}
