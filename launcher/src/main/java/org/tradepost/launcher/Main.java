package org.tradepost.launcher;

import java.util.Locale;
import org.tradepost.launcher.certificates.CertificatesCommand;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.cluster.ClusterCommand;
import org.tradepost.launcher.cluster.RollCommand;
import org.tradepost.launcher.cluster.ScaleCommand;
import org.tradepost.launcher.demo.DemoCommand;
import org.tradepost.launcher.events.EventsCommand;
import org.tradepost.launcher.logs.LogsCommand;
import org.tradepost.launcher.proof.AuditCommand;
import org.tradepost.launcher.proof.TortureCommand;
import org.tradepost.launcher.scaffold.NewServiceCommand;
import org.tradepost.launcher.status.ServicesCommand;
import org.tradepost.launcher.status.StatusCommand;
import org.tradepost.launcher.up.TrainingRunCommand;
import org.tradepost.launcher.up.UpCommand;
import org.tradepost.platform.config.Loopback;
import org.tradepost.platform.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code tradepost} command. */
@Command(
    name = "tradepost",
    description = "An order and product backend: four services, one REST API.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = HelpCommand.class)
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit status, by default 1 on failure and 2 on
   * misuse.
   */
  public static void main(String[] arguments) {
    // Messages and logs are in English on every machine, including those of libraries.
    Locale.setDefault(Locale.ENGLISH);
    Loopback.prepare();
    System.exit(commandLine(Terminal.standard()).execute(arguments));
  }

  public static CommandLine commandLine(Terminal terminal) {
    var line = new CommandLine(new Main());
    line.getCommandSpec()
        .version("Tradepost " + Main.class.getPackage().getImplementationVersion());
    line.addSubcommand(new UpCommand(terminal));
    line.addSubcommand(ClusterCommand.commandLine(terminal));
    line.addSubcommand(new RollCommand(terminal));
    line.addSubcommand(new ScaleCommand(terminal));
    line.addSubcommand(new DemoCommand(terminal));
    line.addSubcommand(new StatusCommand(terminal));
    line.addSubcommand(new ServicesCommand(terminal));
    line.addSubcommand(new LogsCommand(terminal));
    line.addSubcommand(new AuditCommand(terminal));
    line.addSubcommand(new EventsCommand(terminal));
    line.addSubcommand(new TortureCommand(terminal));
    line.addSubcommand(new BenchCommand());
    line.addSubcommand(new CertificatesCommand(terminal));
    line.addSubcommand(new NewServiceCommand(terminal));
    line.addSubcommand(new TrainingRunCommand());
    return line.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(failure, parsed, terminal));
  }

  private static int explain(Exception failure, ParseResult parsed, Terminal terminal)
      throws Exception {
    if (failure instanceof CommandFailure || failure instanceof Settings.WrongSetting) {
      terminal.print(failure.getMessage());
      return parsed.commandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }
}
