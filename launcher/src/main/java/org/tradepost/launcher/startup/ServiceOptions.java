package org.tradepost.launcher.startup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.services.Services;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of {@code up} and {@code cluster} for services that were built elsewhere. */
public final class ServiceOptions {
  private static final Pattern JAR_AND_COUNT = Pattern.compile("(.+?)(?:=([1-9]\\d{0,2}))?");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--with",
      paramLabel = "PATH.jar[=N]",
      description = "Run the service in this jar too, in N JVMs of its own; repeatable.")
  private List<String> jars = List.of();

  /**
   * The services of this build and those that were added.
   *
   * @throws ParameterException if a jar is not that of a service, or its name is taken
   */
  public Services services() {
    var services = Services.BUILT_IN;
    for (var jar : jars) {
      try {
        services = with(jar, services);
      } catch (CommandFailure e) {
        throw new ParameterException(command.commandLine(), "--with: " + e.getMessage(), e);
      }
    }
    return services;
  }

  private static Services with(String jar, Services services) {
    var parts = JAR_AND_COUNT.matcher(jar);
    if (!parts.matches()) {
      throw new CommandFailure("The name of a jar is missing.");
    }
    return services.with(
        Path.of(parts.group(1)), Optional.ofNullable(parts.group(2)).map(Integer::valueOf));
  }
}
