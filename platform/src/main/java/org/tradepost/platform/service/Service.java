package org.tradepost.platform.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Deadline;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.contract.auth.AuthContract;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.events.EventOperations;
import org.tradepost.common.events.ReadEvents;
import org.tradepost.common.identity.Caller;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.ApiDescription;
import org.tradepost.platform.description.DescriptionQuery;
import org.tradepost.platform.description.EventDescription;
import org.tradepost.platform.description.OperationDescription;
import org.tradepost.platform.description.RequestSchema;
import org.tradepost.platform.eventlog.EventLog;
import org.tradepost.platform.management.Condition;
import org.tradepost.platform.management.Metrics;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.sql.Database;

/**
 * A service as a table of operations and what serves them, in one verticle.
 *
 * <p>Every request is checked in the same way: time left, room, caller, authorization, schema.
 * Every refusal is sent in the same way. So a client of the bus and a client of REST get the same
 * answers.
 */
public final class Service {

  private static final Logger log = LoggerFactory.getLogger(Service.class);
  private static final int MOST_IN_FLIGHT = 2_000;
  private static final long DEFAULT_TIMEOUT_MILLIS = 5_000;

  /** As long as a gateway may be set to wait; no client of the bus is waited for longer. */
  private static final long LONGEST_TIMEOUT_MILLIS = 300_000;

  private static final long LONGEST_DRAIN_MILLIS = 10_000;

  private final ClusterNode node;
  private final ApiDescription description;
  private final Map<String, RequestSchema> requestSchemas;
  private final Map<String, Consumer<Message<Buffer>>> table = new LinkedHashMap<>();
  private final WarmUp warmUp = new WarmUp();
  private final Promise<Void> drained = Promise.promise();
  private final List<Condition> needs = new ArrayList<>();
  private ServiceRegistration registration;
  private int inFlight;
  private long served;
  private boolean stopping;

  /** A service whose API description is {@code openapi/<name>.yaml} on the class path. */
  public Service(ClusterNode node, String name) {
    this(node, ApiDescription.load(name));
  }

  public Service(ClusterNode node, ApiDescription description) {
    this.node = node;
    this.description = description;
    this.requestSchemas = RequestSchema.of(description);
    serve(
        DescriptionQuery.of(description.service()),
        Authorization.forServices(node.verifier()),
        (query, call) -> Future.succeededFuture(Response.of(description.document())));
  }

  /** Serves an operation whose reply has no header fields. */
  public <Q, R> Service serve(
      Operation<Q, R> operation, BiFunction<Q, RequestContext, Future<R>> handling) {
    return answer(operation, (request, call) -> handling.apply(request, call).map(Response::of));
  }

  /**
   * Serves an operation whose reply may have header fields.
   *
   * @throws IllegalArgumentException when the API description does not describe it
   */
  public <Q, R> Service answer(Operation<Q, R> operation, OperationHandler<Q, R> handling) {
    var address = operation.address();
    var described =
        operation.internal() ? description.internalOperations() : description.operations();
    if (!described.containsKey(address)) {
      throw new IllegalArgumentException(
          "the API description of %s lacks %s".formatted(description.service(), address));
    }
    var publicOperation = description.operations().get(address);
    return serve(
        operation,
        operation.internal()
            ? Authorization.forServices(node.verifier())
            : Authorization.of(node.verifier(), publicOperation),
        handling);
  }

  /**
   * Serves the events of the service to users and to other services.
   *
   * @throws IllegalArgumentException when the API description says nothing of events
   */
  public Service events(EventLog log) {
    var events =
        description
            .events()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the API description of %s lacks x-events"
                            .formatted(description.service())));
    return serve(
            EventOperations.follow(description.service()),
            Authorization.forServices(node.verifier()),
            (request, call) -> log.follow(known(request, events), call).map(Response::of))
        .serve(
            EventOperations.read(description.service()),
            Authorization.forUsers(node.verifier(), events.roles()),
            (request, call) -> log.read(known(request, events), call).map(Response::of));
  }

  private static ReadEvents known(ReadEvents request, EventDescription events) {
    EventDescription.checkType(request.type(), events.typeNames());
    return request;
  }

  private <Q, R> Service serve(
      Operation<Q, R> operation, Authorization authorization, OperationHandler<Q, R> handling) {
    table.put(operation.address(), message -> receive(message, operation, authorization, handling));
    return this;
  }

  /**
   * Names something without which no operation of the service can be served. While it is missing
   * the node is not ready, and requests go to the other instances.
   *
   * @param probe fails with the reason while it is missing
   */
  public Service require(String name, Supplier<Future<Void>> probe) {
    var need = Condition.watch(node.vertx(), name, probe);
    node.health().require(name, need::trouble);
    needs.add(need);
    return this;
  }

  /** Names the service's own database as something that it needs. */
  public Service require(Database database) {
    return require(description.service() + " database", database::check);
  }

  /**
   * Registers a warm-up request: an operation that is run before the service starts, for a user
   * that does not exist.
   *
   * @param request changes nothing; it may be refused
   */
  public <Q, R> Service warmUp(
      Operation<Q, R> operation, BiFunction<Q, RequestContext, Future<R>> handling, Q request) {
    warmUp.add(
        call ->
            handling
                .apply(
                    request(MultiMap.caseInsensitiveMultiMap(), WireJson.write(request), operation),
                    call)
                .map(WireJson::write));
    return this;
  }

  /** Registers a part of an operation to be run before the service starts. */
  public Service warmUp(Function<RequestContext, Future<?>> request) {
    warmUp.add(request);
    return this;
  }

  /**
   * Starts: warms up, registers every operation, then announces the service to the cluster, now or
   * as soon as its conditions hold.
   *
   * @return fails when the API description has an operation without a handler
   */
  public Future<Void> start() {
    var unserved = new TreeSet<>(description.operations().keySet());
    unserved.addAll(description.internalOperations().keySet());
    unserved.removeAll(table.keySet());
    if (!unserved.isEmpty()) {
      return Future.failedFuture(
          "the API description of %s has %s, which nobody serves"
              .formatted(description.service(), unserved.first()));
    }
    node.metrics().register(Metrics.SERVICE, description.service(), this::metrics);
    var startedAt = System.nanoTime();
    return warmUp
        .run()
        .onSuccess(
            warmedUp ->
                log.info(
                    "{} rehearsed for {} ms",
                    description.service(),
                    (System.nanoTime() - startedAt) / 1_000_000))
        .compose(warmedUp -> register());
  }

  private Future<Void> register() {
    needs.add(node.secret());
    if (isForUsers() && !table.containsKey(AuthContract.TRUST.address())) {
      needs.add(node.requireKeys());
    }
    registration = new ServiceRegistration(node, description, table, needs);
    return registration.start();
  }

  private boolean isForUsers() {
    return description.operations().values().stream().anyMatch(OperationDescription::authenticated);
  }

  private Future<Map<String, Object>> metrics() {
    return Future.succeededFuture(
        Map.of("version", description.version(), "inFlight", inFlight, "served", served));
  }

  /** Stops: leaves the directory and the bus, then finishes the requests in flight. */
  public Future<Void> stop() {
    stopping = true;
    return (registration == null ? Future.<Void>succeededFuture() : registration.stop())
        .otherwiseEmpty()
        .compose(done -> drain());
  }

  private Future<Void> drain() {
    if (inFlight == 0) {
      drained.tryComplete();
    } else {
      node.vertx().setTimer(LONGEST_DRAIN_MILLIS, timer -> drained.tryComplete());
    }
    return drained.future();
  }

  private <Q, R> void receive(
      Message<Buffer> message,
      Operation<Q, R> operation,
      Authorization authorization,
      OperationHandler<Q, R> handling) {
    var headers = message.headers();
    // It may have waited for as long as this node was stalled, and its sender may have given up.
    var timeoutMillis = timeoutMillis(headers) - node.eventLoopStall().millis();
    var deadline = Deadline.in(timeoutMillis);
    if (timeoutMillis <= 0) {
      fail(message, operation, ServiceException.unavailable("The time for the request is up"));
      return;
    }
    if (inFlight >= MOST_IN_FLIGHT) {
      fail(
          message,
          operation,
          ServiceException.retryAfter(CommonError.OVERLOADED, CommonError.OVERLOADED.title(), 1));
      return;
    }
    inFlight++;
    authorization
        .admit(headers.get(BusHeaders.AUTHORIZATION))
        .compose(
            known ->
                handle(known.caller(), deadline, message, operation, handling)
                    .recover(refusal -> Future.failedFuture(known.explain(refusal))))
        .onSuccess(answer -> reply(message, answer))
        .onFailure(failure -> fail(message, operation, failure))
        .onComplete(done -> finished());
  }

  private <Q, R> Future<Response<R>> handle(
      Caller caller,
      Deadline deadline,
      Message<Buffer> message,
      Operation<Q, R> operation,
      OperationHandler<Q, R> handling) {
    var headers = message.headers();
    return Future.succeededFuture()
        .compose(
            admitted ->
                handling.handle(
                    request(headers, body(message), operation),
                    new RequestContext(
                        caller,
                        deadline,
                        TraceHeaders.requestId(headers, BusHeaders.REQUEST_ID),
                        TraceHeaders.traceparent(headers),
                        node.clientProof().read(headers.get(BusHeaders.CLIENT)))));
  }

  private void finished() {
    inFlight--;
    served++;
    if (stopping && inFlight == 0) {
      drained.tryComplete();
    }
  }

  private <Q> Q request(MultiMap headers, Buffer body, Operation<Q, ?> operation) {
    var schema = requestSchemas.get(operation.address());
    try {
      if (schema == null) {
        return notNull(WireJson.read(body, operation.request()), operation);
      }
      JsonNode values = schema.read(headers, body);
      return WireJson.mapper().treeToValue(values, operation.request());
    } catch (UncheckedIOException e) {
      throw ServiceException.invalid(pointer(e.getCause()), "cannot be understood");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw ServiceException.invalid(pointer(e), "cannot be understood");
    }
  }

  private static <Q> Q notNull(Q request, Operation<Q, ?> operation) {
    if (request == null && operation.request() != Empty.class) {
      throw ServiceException.invalid("", "must be an object");
    }
    return request;
  }

  /** A client of the bus may send whatever Vert.x has a codec for. */
  private static Buffer body(Message<?> message) {
    Object body = message.body();
    if (body == null) {
      return Buffer.buffer();
    }
    if (body instanceof Buffer bytes) {
      return bytes;
    }
    throw ServiceException.invalid("", "must be bytes");
  }

  private static String pointer(Throwable failure) {
    return failure instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(
                step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
            .collect(Collectors.joining())
        : "";
  }

  private static <R> void reply(Message<Buffer> message, Response<R> answer) {
    var options = new DeliveryOptions();
    answer.headers().forEach(options::addHeader);
    var body = answer.body();
    message.reply(body == null ? Buffer.buffer() : WireJson.write(body), options);
  }

  private void fail(Message<Buffer> message, Operation<?, ?> operation, Throwable failure) {
    ServiceException refusal;
    if (failure instanceof ServiceException known) {
      var schema = requestSchemas.get(operation.address());
      refusal = schema == null ? known : schema.located(known);
    } else {
      log.error(
          "{} failed for request {}",
          operation.address(),
          TraceHeaders.requestId(message.headers(), BusHeaders.REQUEST_ID),
          failure);
      refusal = new ServiceException(CommonError.INTERNAL);
    }
    message.fail(refusal.failure().status(), WireJson.writeText(refusal.failure()));
  }

  private static long timeoutMillis(MultiMap headers) {
    var text = headers.get(BusHeaders.TIMEOUT);
    if (text != null) {
      try {
        return Math.min(LONGEST_TIMEOUT_MILLIS, Long.parseLong(text));
      } catch (NumberFormatException e) {
        log.debug("a timeout that is no number: {}", text);
      }
    }
    return DEFAULT_TIMEOUT_MILLIS;
  }
}
