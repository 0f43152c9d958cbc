package org.tradepost.gateway.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradepost.common.events.EventOperations;
import org.tradepost.gateway.openapi.ComponentPool;
import org.tradepost.gateway.openapi.KnownProblems;
import org.tradepost.gateway.openapi.OpenApiMerge;
import org.tradepost.gateway.routing.GatewayDescription;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.description.EventDescription;

/**
 * Merges API descriptions into one AsyncAPI 3 document: every operation and change notification of
 * their services on the event bus, and their events.
 */
public final class AsyncApiMerge {

  private final ObjectNode document = AsyncApiFrame.document();
  private final BusChannels channels = new BusChannels(document);
  private final Map<String, JsonNode> tags = new TreeMap<>();
  private final ComponentPool pool = new ComponentPool();

  private AsyncApiMerge() {}

  public static JsonNode merge(Collection<ApiDescription> descriptions) {
    var merge = new AsyncApiMerge();
    merge.addFrame(new KnownProblems(descriptions));
    descriptions.forEach(merge::add);
    return merge.finish();
  }

  private void addFrame(KnownProblems problems) {
    var components = document.remove("components");
    var examples = ((ObjectNode) components.at("/messages/bus.failure")).putArray("examples");
    for (var code : problems.codes()) {
      var failure = problems.failure(code);
      examples
          .addObject()
          .put("name", code)
          .put("summary", failure.path("title").asText())
          .set("payload", failure);
    }
    addTags(document.path("info"));
    pool.add(components);
    pool.add(GatewayDescription.DESCRIPTION.document().path("components"));
  }

  private void add(ApiDescription description) {
    addTags(description.document());
    pool.add(description.document().path("components"));
    for (var operation : description.operations().values()) {
      channels.addOperation(operation.address(), RestOperation.of(description, operation));
    }
    description.internalOperations().forEach(this::addInternal);
    description.changeNotifications().forEach(channels::addNotification);
    var service = description.service();
    addInternal(
        DescriptionQuery.of(service).address(),
        AsyncApiFrame.templates(service).path("description"));
    description.events().ifPresent(events -> add(service, events));
  }

  private void addInternal(String address, JsonNode described) {
    channels.addOperation(address, BusOperation.of(described, "serviceToken"));
  }

  private void add(String service, EventDescription described) {
    var events = ServiceEvents.of(service, described);
    pool.add(events.path("components"));
    channels.addOperation(
        EventOperations.read(service).address(), BusOperation.of(events.path("read"), "userToken"));
    addInternal(EventOperations.follow(service).address(), events.path("follow"));
    channels.addNotification(EventOperations.changeNotification(service), events.path("changed"));
    events.at("/components/messages").fieldNames().forEachRemaining(channels::addToStream);
  }

  private void addTags(JsonNode tagged) {
    tagged.path("tags").forEach(tag -> tags.putIfAbsent(tag.path("name").asText(), tag));
  }

  private JsonNode finish() {
    var info = document.withObjectProperty("info").put("version", OpenApiMerge.version());
    tags.values().forEach(info.putArray("tags")::add);
    channels.addTo(document);
    document.set("components", pool.usedBy(List.of(document)));
    return document;
  }
}
