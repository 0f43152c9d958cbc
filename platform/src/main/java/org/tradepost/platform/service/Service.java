package org.tradepost.platform.service;

import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.description.EventDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.eventlog.EventLog;
import org.tradepost.platform.management.Condition;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.metrics.MetricNames;

/**
 * A service: a table of operations and their handlers, in one verticle.
 *
 * <p>{@link RequestDispatcher} checks every request and sends every rejection in the same way, so
 * bus clients and REST clients get the same answers.
 */
public final class Service {

  private final ClusterNode node;
  private final ApiDescription description;
  private final RequestsInFlight inFlight = new RequestsInFlight();
  private final OperationTable table;
  private final WarmUp warmUp;
  private final List<Condition> needs = new ArrayList<>();
  private ServiceRegistration registration;

  /** A service whose API description is {@code openapi/<name>.yaml} on the class path. */
  public Service(ClusterNode node, String name) {
    this(node, ApiDescription.load(name));
  }

  public Service(ClusterNode node, ApiDescription description) {
    this.node = node;
    this.description = description;
    this.table =
        new OperationTable(
            description,
            new RequestDispatcher(node, description.service(), inFlight),
            node.metrics());
    this.warmUp = new WarmUp(description.service());
    table.add(
        DescriptionQuery.of(description.service()),
        Authorization.forServices(node.verifier()),
        (query, call) -> Future.succeededFuture(Response.of(description.document())));
  }

  public String name() {
    return description.service();
  }

  /** Serves an operation whose reply has no header fields. */
  public <Q, R> Service serve(
      Operation<Q, R> operation, BiFunction<Q, RequestContext, Future<R>> handler) {
    return answer(operation, (request, call) -> handler.apply(request, call).map(Response::of));
  }

  /**
   * Serves an operation whose reply may have header fields.
   *
   * @throws IllegalArgumentException when the API description lacks the operation
   */
  public <Q, R> Service answer(Operation<Q, R> operation, OperationHandler<Q, R> handler) {
    table.checkDescribed(operation);
    table.add(
        operation,
        operation.internal()
            ? Authorization.forServices(node.verifier())
            : Authorization.of(node.verifier(), description.operations().get(operation.address())),
        handler);
    return this;
  }

  /**
   * Serves the events in the service's database to users and to other services.
   *
   * @throws IllegalArgumentException when the API description lacks {@code x-events}
   */
  public Service events(Database database) {
    var events =
        description
            .events()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the API description of %s lacks x-events".formatted(name())));
    var log = new EventLog(database, name());
    table.add(
        EventOperations.follow(name()),
        Authorization.forServices(node.verifier()),
        (request, call) -> log.follow(known(request, events), call).map(Response::of));
    table.add(
        EventOperations.read(name()),
        Authorization.forUsers(node.verifier(), events.roles()),
        (request, call) -> log.read(known(request, events), call).map(Response::of));
    return this;
  }

  private static ReadEvents known(ReadEvents request, EventDescription events) {
    EventDescription.checkType(request.type(), events.typeNames());
    return request;
  }

  /**
   * Declares something that every operation of the service needs. While it is missing, the node is
   * not ready and requests go to other instances.
   *
   * @param probe fails with the reason while it is missing
   */
  public Service require(String name, Supplier<Future<Void>> probe) {
    need(name, probe);
    return this;
  }

  /** See {@link #require}; returns the condition. */
  Condition need(String name, Supplier<Future<Void>> probe) {
    var need = Condition.watch(node.vertx(), name, probe);
    node.health().require(name, need::trouble);
    needs.add(need);
    return need;
  }

  /**
   * Registers a warm-up request: an operation to run before the service starts, for a user that
   * does not exist.
   *
   * @param request a request that changes nothing; it may be rejected
   */
  public <Q, R> Service warmUp(
      Operation<Q, R> operation, BiFunction<Q, RequestContext, Future<R>> handler, Q request) {
    var reader = table.reader(operation);
    return warmUp(
        call ->
            handler
                .apply(
                    reader.read(MultiMap.caseInsensitiveMultiMap(), WireJson.write(request)), call)
                .map(WireJson::write));
  }

  /** Registers a part of an operation to run before the service starts. */
  public Service warmUp(Function<RequestContext, Future<?>> request) {
    warmUp.add(request);
    return this;
  }

  /**
   * Warms up, announces the service to the cluster and registers its operations, now or as soon as
   * its conditions hold.
   *
   * @return fails when the API description has an operation without a handler
   */
  public Future<Void> start() {
    var missing = table.missing();
    if (missing.isPresent()) {
      return Future.failedFuture(
          "the API description of %s declares %s, which has no handler"
              .formatted(name(), missing.get()));
    }
    measure();
    return warmUp.run().compose(warmedUp -> register());
  }

  private Future<Void> register() {
    var all = new ArrayList<>(needs);
    all.add(node.secret());
    if (isForUsers() && !table.contains(AuthContract.TRUST)) {
      all.add(node.requireKeys());
    }
    registration = new ServiceRegistration(node, description, table.consumers(), all);
    return registration.start();
  }

  private boolean isForUsers() {
    return description.operations().values().stream().anyMatch(OperationDescription::authenticated);
  }

  private void measure() {
    var service = Tags.of("service", name());
    node.metrics()
        .info(
            MetricNames.SERVICE,
            "A service that the node runs",
            service.and("version", description.version()));
    node.metrics()
        .gauge(MetricNames.IN_FLIGHT, "Requests in flight at a service", service, inFlight::count);
  }

  /** Leaves the directory and the bus, then waits for the requests in flight. */
  public Future<Void> stop() {
    needs.forEach(Condition::stop);
    return (registration == null ? Future.<Void>succeededFuture() : registration.stop())
        .otherwiseEmpty()
        .compose(left -> inFlight.drain(node.vertx()));
  }
}
