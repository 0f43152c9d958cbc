package org.tradepost.gateway.events;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.json.WireJson;
import org.tradepost.gateway.call.DownstreamCalls;
import org.tradepost.gateway.routing.ServiceRegistry;
import org.tradepost.platform.description.EventDescription;
import org.tradepost.platform.description.OperationDescription.Repetition;

/**
 * The services that have events, and how to read them.
 *
 * <p>One per gateway, shared by its event loops.
 */
public final class EventSources {

  private final ServiceRegistry registry;
  private final Function<String, DownstreamCalls> downstreams;

  /**
   * @param downstreams returns the calls to a service
   */
  public EventSources(ServiceRegistry registry, Function<String, DownstreamCalls> downstreams) {
    this.registry = registry;
    this.downstreams = downstreams;
  }

  /** Returns the services whose events the caller may see, including unavailable ones. */
  List<String> of(Caller caller) {
    return registry.snapshot().events().entrySet().stream()
        .filter(events -> maySee(caller, events.getValue().roles()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean maySee(Caller caller, Set<String> roles) {
    return roles.isEmpty() || roles.stream().anyMatch(caller.roles()::contains);
  }

  /** Whether a service has events of a type. */
  boolean has(String service, String type) {
    var events = registry.snapshot().events().get(service);
    return events != null && events.types().has(type);
  }

  /**
   * Checks a requested event type.
   *
   * @param type null for any
   * @throws ServiceException {@code INVALID_REQUEST} if no service has events of this type
   */
  void checkType(String type) {
    var known =
        registry.snapshot().events().values().stream()
            .flatMap(events -> events.typeNames().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    try {
      EventDescription.checkType(type, known);
    } catch (ServiceException unknown) {
      throw unknown.withFaults(fault -> new FieldError("query", fault.pointer(), fault.detail()));
    }
  }

  /** Whether no service is known yet, so that nothing can be said about events. */
  boolean areUnknown() {
    return registry.snapshot().isEmpty();
  }

  /** Whether it is known that no instance of a service can serve. */
  boolean isUnavailable(String service) {
    return whyUnavailable(service).isPresent();
  }

  private Optional<String> whyUnavailable(String service) {
    return registry.whyUnavailable(service, EventOperations.read(service).address());
  }

  /**
   * Reads a page of a service.
   *
   * @param headers include the caller's token, since the service decides what it shows
   */
  Future<EventBatch> read(String service, ReadEvents request, MultiMap headers) {
    var reason = whyUnavailable(service);
    if (reason.isPresent()) {
      return Future.failedFuture(ServiceException.unavailable(reason.get()));
    }
    return downstreams
        .apply(service)
        .call(
            EventOperations.read(service).address(),
            Repetition.WHEN_LATE,
            WireJson.write(request),
            headers)
        .map(message -> WireJson.read(message.body(), EventBatch.class));
  }
}
