package org.tradepost.launcher.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.tradepost.launcher.cli.ApiOption;
import org.tradepost.launcher.cli.CommandFailure;
import org.tradepost.launcher.cli.Table;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.platform.config.Settings;
import org.tradepost.proof.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, retries and discards the events that the product service rejected too often. */
@Command(
    name = "events",
    description = "Lists and handles parked events: those that product rejected too often.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "It logs in with TRADEPOST_ADMIN_EMAIL and TRADEPOST_ADMIN_PASSWORD.",
      "The exit status is 0 if it was done, 1 if an event was rejected, 2 if it could not be tried."
    })
public final class EventsCommand {
  private static final int REJECTED = 1;
  private static final int NOT_RUN = 2;

  private final Terminal terminal;
  private final Supplier<Settings> settings;

  @Spec private CommandSpec command;

  public EventsCommand(Terminal terminal) {
    this(terminal, Settings::fromEnvironment);
  }

  EventsCommand(Terminal terminal, Supplier<Settings> settings) {
    this.terminal = terminal;
    this.settings = settings;
  }

  @Command(name = "parked", description = "Lists them, with what waits behind each in its order.")
  int parked(
      @Mixin ApiOption api, @Option(names = "--json", description = "List as JSON.") boolean json) {
    return on(
        api,
        parked -> {
          var events = parked.list();
          terminal.print(json ? json(events) : table(events));
          return 0;
        },
        json);
  }

  private static String json(List<JsonNode> events) {
    var json = JsonNodeFactory.instance;
    return json.objectNode().set("parked", json.arrayNode().addAll(events)).toPrettyString();
  }

  private static String table(List<JsonNode> events) {
    var table =
        new Table("id", "order", "version", "type", "attempts", "parked at", "waiting behind it");
    for (var event : events) {
      table.row(
          event.path("id").asText(),
          event.path("orderId").asText(),
          event.path("version").asText(),
          event.path("type").asText(),
          event.path("attempts").asText(),
          event.path("parkedAt").asText(),
          StreamSupport.stream(event.path("later").spliterator(), false)
              .map(later -> later.path("version").asText() + " " + later.path("type").asText())
              .collect(Collectors.joining(", ")));
    }
    return events.isEmpty() ? "No event is parked." : table.text();
  }

  @Command(name = "retry", description = "Lets them be delivered again.")
  int retry(
      @Mixin ApiOption api,
      @Parameters(paramLabel = "ID", arity = "0..*", description = "Which ones.") Set<Long> ids,
      @Option(names = "--all", description = "All that are parked.") boolean all) {
    if (all == (ids != null)) {
      throw new ParameterException(
          command.subcommands().get("retry"), "Name events by their ids, or all by --all.");
    }
    return on(
        api,
        parked ->
            change(parked, all ? idsOf(parked.list()) : ids, "retry", " will be delivered again."),
        false);
  }

  private static Set<Long> idsOf(List<JsonNode> events) {
    return events.stream()
        .map(event -> event.path("id").asLong())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Command(
      name = "discard",
      description = {
        "Gives up events for good, so that later events of their orders are delivered.",
        "The product service never learns of them.",
        "The audit keeps listing them, and stock that is wrong as a result."
      })
  int discard(
      @Mixin ApiOption api,
      @Parameters(paramLabel = "ID", arity = "1..*", description = "Which ones.") Set<Long> ids) {
    return on(api, parked -> change(parked, ids, "discard", " will not be delivered."), false);
  }

  private int change(ParkedEventsClient parked, Set<Long> ids, String verb, String done) {
    var rejections = parked.change(ids, verb);
    rejections.forEach(terminal::print);
    var changed = ids.size() - rejections.size();
    terminal.print((changed == 1 ? "1 event" : changed + " events") + done);
    return rejections.isEmpty() ? 0 : REJECTED;
  }

  private int on(ApiOption option, ToIntFunction<ParkedEventsClient> work, boolean json) {
    try {
      var api = option.client();
      var token = new AdministratorLogin(settings.get()).token(api);
      return work.applyAsInt(new ParkedEventsClient(api, token));
    } catch (CommandFailure | Settings.WrongSetting | RestClient.NoResponse e) {
      var reason = e.getMessage();
      terminal.print(
          json
              ? JsonNodeFactory.instance.objectNode().put("couldNotTry", reason).toPrettyString()
              : reason);
      return NOT_RUN;
    }
  }
}
