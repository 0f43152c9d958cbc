package org.tradepost.launcher.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tradepost.launcher.cli.Age;

/** Shows parked events to a person or to a program. */
record ParkedList(List<ParkedEvent> events) {
  private static final String ROW = "%-10s%-38s%-8s%-16s%-8s%-7s%s";

  String text() {
    if (events.isEmpty()) {
      return "No event is parked.";
    }
    StringBuilder text =
        new StringBuilder(
            ROW.formatted("id", "order", "number", "type", "age", "attempts", "waiting behind it"));
    events.forEach(
        event ->
            text.append(System.lineSeparator())
                .append(
                    ROW.formatted(
                            event.id(),
                            event.orderId(),
                            event.number(),
                            event.type(),
                            Age.words(event.age()),
                            event.attempts(),
                            String.join(", ", event.behind()))
                        .stripTrailing()));
    return text.toString();
  }

  String json() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    var parked = list.putArray("parked");
    for (ParkedEvent event : events) {
      ObjectNode row = parked.addObject();
      row.put("id", event.id());
      row.put("orderId", event.orderId().toString());
      row.put("number", event.number());
      row.put("type", event.type());
      row.put("ageSeconds", event.age().toSeconds());
      row.put("tries", event.attempts());
      event.behind().forEach(row.putArray("waitingBehind")::add);
    }
    return list.toPrettyString();
  }
}
