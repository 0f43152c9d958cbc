package org.tradepost.launcher.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the Maven project of a new service. */
@Command(
    name = "new-service",
    description = "Writes the Maven project of a new service, with one operation and its test.",
    footer = {"", "See docs/new-service.md for what to do with it."})
public final class NewServiceCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "NAME",
      description =
          "The name of the service: 2 to 30 lower case letters and digits, beginning with a letter.")
  private String name;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "Where to write it: a directory that is empty or does not exist (default: NAME).")
  private Path directory;

  @Option(
      names = "--package",
      paramLabel = "P",
      description = "The package of its classes (default: org.example.NAME).")
  private String packageName;

  @Option(names = "--database", description = "With a database of its own, and events.")
  private boolean database;

  public NewServiceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var project = directory == null ? Path.of(name) : directory;
    var files = ProjectTemplate.files(service());
    try {
      requireEmpty(project);
      for (var file : files.entrySet()) {
        var path = project.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw CommandFailure.of("The project cannot be written to " + project, e);
    }
    terminal.print("The service %s is in %s:".formatted(name, project));
    files.keySet().forEach(file -> terminal.print("  " + file));
    return 0;
  }

  private NewService service() {
    try {
      return new NewService(
          name, packageName == null ? "org.example." + name : packageName, database);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new CommandFailure(directory + " is not empty; nothing was written.");
      }
    }
  }
}
