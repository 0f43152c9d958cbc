package org.tradepost.platform.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.tradepost.common.bus.Operation;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.RequestSchema;
import org.tradepost.platform.service.RequestDispatcher.ServedOperation;
import org.tradepost.platform.telemetry.metrics.Metrics;

/** The operations that a service serves, by their addresses on the bus. */
final class OperationTable {

  private final ApiDescription description;
  private final RequestDispatcher dispatcher;
  private final Metrics metrics;
  private final Map<String, RequestSchema> schemas;
  private final Map<String, Consumer<Message<Buffer>>> consumers = new LinkedHashMap<>();

  OperationTable(ApiDescription description, RequestDispatcher dispatcher, Metrics metrics) {
    this.metrics = metrics;
    this.description = description;
    this.dispatcher = dispatcher;
    this.schemas = RequestSchema.of(description);
  }

  <Q, R> void add(
      Operation<Q, R> operation, Authorization authorization, OperationHandler<Q, R> handler) {
    var measured = metrics.operation(description.service(), operation.address());
    var served = new ServedOperation<>(reader(operation), authorization, handler, measured);
    consumers.put(operation.address(), request -> dispatcher.dispatch(request, served));
  }

  <Q> RequestReader<Q> reader(Operation<Q, ?> operation) {
    return new RequestReader<>(operation, schemas.get(operation.address()));
  }

  boolean contains(Operation<?, ?> operation) {
    return consumers.containsKey(operation.address());
  }

  /** The consumer of each address. */
  Map<String, Consumer<Message<Buffer>>> consumers() {
    return consumers;
  }

  /** An operation in the API description that no handler serves. */
  Optional<String> missing() {
    var missing = new TreeSet<>(description.operations().keySet());
    missing.addAll(description.internalOperations().keySet());
    missing.removeAll(consumers.keySet());
    return missing.stream().findFirst();
  }

  /**
   * Checks that the API description has an operation.
   *
   * @throws IllegalArgumentException naming the operation, if it is missing
   */
  void checkDescribed(Operation<?, ?> operation) {
    var described =
        operation.internal() ? description.internalOperations() : description.operations();
    if (!described.containsKey(operation.address())) {
      throw new IllegalArgumentException(
          "the API description of %s lacks %s"
              .formatted(description.service(), operation.address()));
    }
  }
}
