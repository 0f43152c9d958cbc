package org.tradepost.launcher.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.events.ParkedEvents.NotParked;
import org.tradepost.platform.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Shows an operator the events that the product service refused too often, and retries or discards
 * them.
 */
@Command(
    name = "events",
    description = "Lists and handles parked events: those that product refused too often.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "It works on the order database of the data directory, or on the one that",
      "TRADEPOST_ORDER_DATABASE_URL, _USER and _PASSWORD name, with the role of the service.",
      "The exit status is 0 if it was done, 1 if it was refused, 2 if it could not be tried."
    })
public final class EventsCommand {
  private static final int REFUSED = 1;
  private static final int NOT_RUN = 2;

  private final Console console;

  @Spec private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:tradepost.data:-.tradepost/data}",
      scope = ScopeType.INHERIT,
      description = "Where the running Tradepost keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  public EventsCommand(Console console) {
    this.console = console;
  }

  @Command(name = "parked", description = "Lists them, with what waits behind each in its order.")
  int parked(@Option(names = "--json", description = "List as JSON.") boolean json) {
    return on(
        parked -> {
          ParkedList list = new ParkedList(parked.list());
          console.say(json ? list.json() : list.text());
        },
        json);
  }

  @Command(name = "retry", description = "Lets them be delivered again.")
  int retry(
      @Parameters(paramLabel = "ID", arity = "0..*", description = "Which ones.") Set<Long> ids,
      @Option(names = "--all", description = "All that are parked.") boolean all) {
    if (all == (ids != null)) {
      throw new ParameterException(
          command.subcommands().get("retry"), "Name events by their ids, or all by --all.");
    }
    return on(
        parked -> {
          Set<Long> chosen = all ? idsOf(parked) : ids;
          parked.retry(chosen);
          console.say(number(chosen) + " will be delivered again.");
        },
        false);
  }

  private static Set<Long> idsOf(ParkedEvents parked) throws SQLException {
    return parked.list().stream()
        .map(ParkedEvent::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Command(
      name = "discard",
      description = {
        "Gives up delivering them, so that what comes after them in their orders goes on.",
        "Product never learns of them. The audit goes on listing them, and what is wrong for it."
      })
  int discard(
      @Parameters(paramLabel = "ID", arity = "1..*", description = "Which ones.") Set<Long> ids) {
    return on(
        parked -> {
          parked.discard(ids);
          console.say(number(ids) + " will not be delivered.");
        },
        false);
  }

  private static String number(Set<Long> ids) {
    return ids.size() == 1 ? "1 event" : ids.size() + " events";
  }

  /** What is done with the parked events. */
  @FunctionalInterface
  private interface Work {
    void on(ParkedEvents parked) throws SQLException;
  }

  private int on(Work work, boolean json) {
    try (ParkedEvents parked =
        ParkedEvents.of(OrderDatabase.of(Settings.fromEnvironment(), data))) {
      work.on(parked);
      return 0;
    } catch (NotParked e) {
      console.say(e.getMessage());
      return REFUSED;
    } catch (StartFailure | Settings.WrongSetting e) {
      return notRun(e.getMessage(), json);
    } catch (SQLException e) {
      return notRun("The order database cannot be used: " + e.getMessage(), json);
    }
  }

  private int notRun(String reason, boolean json) {
    console.say(
        json
            ? JsonNodeFactory.instance.objectNode().put("couldNotTry", reason).toPrettyString()
            : reason);
    return NOT_RUN;
  }
}
