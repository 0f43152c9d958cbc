package org.tradepost.launcher.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tradepost.launcher.cli.Table;

/**
 * The state of a cluster as tables for a person.
 *
 * @param topology the reply of a node
 */
record StatusTables(JsonNode topology) {

  String text() {
    var parts = new ArrayList<String>();
    parts.add("Cluster " + topology.path("cluster").asText());
    parts.add(nodes());
    parts.add(services());
    parts.add(unmetConditions());
    var calls = new Table("instance of", "on", "in flight", "served");
    parts.add(filled(calls, "service", "inFlight", "served"));
    var circuits = new Table("circuit breaker", "of", "state", "failures", "times opened");
    parts.add(filled(circuits, "circuit", "state", "failures", "timesOpened"));
    var limits = new Table("calls to", "of", "in flight", "at most", "rejected");
    parts.add(filled(limits, "limit", "inFlight", "most", "refused"));
    var queues = new Table("queue", "of", "waiting", "at most");
    parts.add(filled(queues, "queue", "waiting", "most"));
    parts.add(backlogs());
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
  }

  private String nodes() {
    var table = new Table("node", "services", "version", "up", "event bus", "member port");
    for (var node : topology.path("nodes")) {
      var unresponsive = node.path("unresponsive").asBoolean();
      table.row(
          node.path("name").asText(),
          joined(node.path("services")),
          node.path("version").asText(),
          unresponsive ? "UNRESPONSIVE" : up(node),
          node.path("eventBus").asText(),
          node.path("member").asText());
    }
    return table.text();
  }

  private String services() {
    var table = new Table("service", "instances", "version", "on", "unresponsive on");
    for (var service : topology.path("services")) {
      table.row(
          service.path("service").asText(),
          service.path("instances").asText(),
          joined(service.path("versions")),
          joined(service.path("nodes")),
          joined(service.path("unresponsive")));
    }
    return table.text();
  }

  /** Why nodes are not ready. */
  private String unmetConditions() {
    var table = new Table("not ready", "lacks", "reason");
    each(
        "trouble",
        (metric, node) ->
            metric
                .path("values")
                .properties()
                .forEach(lack -> table.row(node, lack.getKey(), lack.getValue().asText())));
    return table.text();
  }

  /** All instances of a service report the same about their database, so one of them is enough. */
  private String backlogs() {
    var found = new LinkedHashMap<String, String>();
    each(
        "backlog",
        (metric, node) ->
            found.merge(
                metric.path("name").asText(),
                counts(metric.path("values")),
                (one, other) -> one.startsWith("unknown") ? other : one));
    var table = new Table("backlog", "");
    found.forEach(table::row);
    return table.text();
  }

  private static String counts(JsonNode values) {
    return values.properties().stream()
        .map(value -> value.getKey() + " " + value.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  /** A row for each metric of a kind: what it is of, its node, and some of its values. */
  private String filled(Table table, String kind, String... values) {
    each(
        kind,
        (metric, node) -> {
          var name = metric.path("name").asText();
          var all = Stream.of(values).map(value -> value(metric, value));
          table.row(Stream.concat(Stream.of(name, node), all).toArray(String[]::new));
        });
    return table.text();
  }

  private void each(String kind, BiConsumer<JsonNode, String> action) {
    for (var node : topology.path("nodes")) {
      for (var metric : node.path("metrics")) {
        if (metric.path("kind").asText().equals(kind)) {
          action.accept(metric, node.path("name").asText());
        }
      }
    }
  }

  /** A metric that could not be read has the reason instead of its values. */
  private static String value(JsonNode metric, String name) {
    var values = metric.path("values");
    return values.has("unknown") ? "unknown" : values.path(name).asText();
  }

  private static String joined(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  /** In the largest unit in which it is above one, or in seconds. */
  private static String up(JsonNode node) {
    var time = Duration.ofSeconds(node.path("upSeconds").asLong());
    if (time.toDays() > 1) {
      return time.toDays() + " d";
    }
    if (time.toHours() > 1) {
      return time.toHours() + " h";
    }
    return time.toMinutes() > 1 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
