package org.tradepost.launcher.certificates;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x509.GeneralName;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.services.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates certificates for a trial of TLS on the event bus. */
@Command(
    name = "certificates",
    description =
        "Creates a private CA and a certificate for each service, for TLS on the event bus.",
    footer = {
      "",
      "A node presents its certificate and trusts every certificate of the CA. Anyone who has "
          + "ca-key.pem can add nodes: keep it away from the services."
    })
public final class CertificatesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "DIRECTORY",
      arity = "0..1",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}/certificates",
      description = "The directory for them (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      converter = HostConverter.class,
      description = "A name or address of the nodes, besides localhost; repeatable.")
  private List<GeneralName> hosts = List.of();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "For how many days they are valid (default: ${DEFAULT-VALUE}).")
  private int days;

  public CertificatesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (days < 1) {
      throw new ParameterException(command.commandLine(), "--days must be at least 1.");
    }
    var certificates =
        new CertificateDirectory(directory.toAbsolutePath().normalize(), Services.BUILT_IN.names());
    var end = certificates.make(hosts, Duration.ofDays(days));
    terminal.print(
        "A CA and a certificate for each of %s are in %s, valid until %s."
            .formatted(
                String.join(", ", Services.BUILT_IN.names()),
                certificates.directory(),
                end.truncatedTo(ChronoUnit.SECONDS)));
    terminal.print("For example, the settings of the order service:");
    certificates.settings("order").entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(setting -> terminal.print("  " + setting.getKey() + "=" + setting.getValue()));
    return 0;
  }
}
