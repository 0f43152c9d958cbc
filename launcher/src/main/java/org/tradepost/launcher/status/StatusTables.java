package org.tradepost.launcher.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.tradepost.launcher.cli.Age;
import org.tradepost.launcher.cli.Table;

/**
 * Shows a cluster to a person.
 *
 * @param topology what a node told
 */
record StatusTables(JsonNode topology) {

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add("Cluster " + topology.path("cluster").asText());
    parts.add(nodes());
    parts.add(services());
    parts.add(troubles());
    add(
        parts,
        new Table("instance of", "on", "in flight", "served"),
        "service",
        (figure, node) ->
            List.of(
                figure.path("name").asText(),
                node,
                value(figure, "inFlight"),
                value(figure, "served")));
    add(
        parts,
        new Table("circuit breaker", "of", "state", "failures", "times opened"),
        "circuit",
        (figure, node) ->
            List.of(
                figure.path("name").asText(),
                node,
                value(figure, "state"),
                value(figure, "failures"),
                value(figure, "timesOpened")));
    add(
        parts,
        new Table("calls to", "of", "in flight", "at most", "refused"),
        "limit",
        (figure, node) ->
            List.of(
                figure.path("name").asText(),
                node,
                value(figure, "inFlight"),
                value(figure, "most"),
                value(figure, "refused")));
    add(
        parts,
        new Table("queue", "of", "waiting", "at most"),
        "queue",
        (figure, node) ->
            List.of(
                figure.path("name").asText(),
                node,
                value(figure, "waiting"),
                value(figure, "most")));
    parts.add(backlogs());
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
  }

  private String nodes() {
    Table table = new Table("node", "services", "version", "up", "event bus", "member port");
    for (JsonNode node : topology.path("nodes")) {
      boolean silent = node.path("silent").asBoolean();
      table.row(
          node.path("name").asText(),
          words(node.path("services")),
          node.path("version").asText(),
          silent ? "SILENT" : up(node),
          node.path("eventBus").asText(),
          node.path("member").asText());
    }
    return table.text();
  }

  private String services() {
    Table table = new Table("service", "instances", "version", "on", "silent on");
    for (JsonNode service : topology.path("services")) {
      table.row(
          service.path("service").asText(),
          service.path("instances").asText(),
          words(service.path("versions")),
          words(service.path("nodes")),
          words(service.path("silent")));
    }
    return table.text();
  }

  /** Why nodes are not ready. */
  private String troubles() {
    Table table = new Table("not ready", "lacks", "reason");
    each(
        "trouble",
        (figure, node) ->
            figure
                .path("values")
                .properties()
                .forEach(lack -> table.row(node, lack.getKey(), lack.getValue().asText())));
    return table.text();
  }

  /** Every instance tells the same of its database, so one of them is enough. */
  private String backlogs() {
    Map<String, String> found = new LinkedHashMap<>();
    each(
        "backlog",
        (figure, node) ->
            found.merge(
                figure.path("name").asText(),
                counts(figure.path("values")),
                (one, other) -> one.startsWith("unknown") ? other : one));
    Table table = new Table("backlog", "");
    found.forEach(table::row);
    return table.text();
  }

  private static String counts(JsonNode values) {
    return values.properties().stream()
        .map(value -> value.getKey() + " " + value.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  private void add(
      List<String> parts,
      Table table,
      String kind,
      BiFunction<JsonNode, String, List<String>> row) {
    each(kind, (figure, node) -> table.row(row.apply(figure, node).toArray(String[]::new)));
    parts.add(table.text());
  }

  private void each(String kind, BiConsumer<JsonNode, String> action) {
    for (JsonNode node : topology.path("nodes")) {
      for (JsonNode figure : node.path("figures")) {
        if (figure.path("kind").asText().equals(kind)) {
          action.accept(figure, node.path("name").asText());
        }
      }
    }
  }

  /** A figure that could not be asked has the reason in place of its values. */
  private static String value(JsonNode figure, String name) {
    JsonNode values = figure.path("values");
    return values.has("unknown") ? "unknown" : values.path(name).asText();
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private String up(JsonNode node) {
    return Age.words(Duration.ofSeconds(node.path("upSeconds").asLong()));
  }
}
