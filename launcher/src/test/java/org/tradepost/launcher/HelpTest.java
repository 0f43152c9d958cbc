package org.tradepost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tradepost.launcher.cli.Terminal;
import picocli.CommandLine;

/** The {@code --help} text of every command. */
class HelpTest {
  private final List<String> texts = new ArrayList<>();

  @Test
  void every_text_is_made_of_sentences() {
    collect(Main.commandLine(Terminal.to(new ByteArrayOutputStream())));
    assertThat(texts)
        .hasSizeGreaterThan(60)
        .allSatisfy(text -> assertThat(text).matches("(?s)[\\p{Lu}].*[^.]\\."));
  }

  private void collect(CommandLine line) {
    var command = line.getCommandSpec();
    add(command.usageMessage().description());
    add(command.usageMessage().footer());
    command.args().forEach(argument -> add(argument.description()));
    line.getSubcommands().values().stream()
        .filter(other -> !(other.getCommand() instanceof CommandLine.HelpCommand))
        .forEach(this::collect);
  }

  /** Each element must make sense alone, because lists of commands show only the first. */
  private void add(String... elements) {
    Stream.of(elements).map(String::strip).filter(text -> !text.isEmpty()).forEach(texts::add);
  }
}
