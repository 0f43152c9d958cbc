package org.tradepost.platform.node;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.telemetry.metrics.NodeMetric;

/** What a node answers at addresses of its own on the bus, to other nodes alone. */
final class NodeAddress {

  /** What stands in the place of a service in these addresses. */
  static final String SERVICE = "node";

  private final ServiceBus bus;
  private final TokenVerifier verifier;
  private final Members members;
  private final BooleanSupplier takesRequests;
  private final Instant joined = Instant.now();
  private final long joinedNanos = System.nanoTime();

  /**
   * @param takesRequests whether other nodes are to send requests to this one
   */
  NodeAddress(
      ServiceBus bus, TokenVerifier verifier, Members members, BooleanSupplier takesRequests) {
    this.bus = bus;
    this.verifier = verifier;
    this.members = members;
    this.takesRequests = takesRequests;
  }

  /**
   * Answered by a node that is there and takes requests. While it does not answer, they go to
   * others.
   */
  static Operation<Empty, Empty> hello(String nodeId) {
    return Operation.internal(SERVICE + "." + nodeId + ".hello", Empty.class, Empty.class);
  }

  /** Answered with what a node says of itself. */
  static Operation<Empty, NodeReport> report(String nodeId) {
    return Operation.internal(SERVICE + "." + nodeId + ".report", Empty.class, NodeReport.class);
  }

  /**
   * Starts to answer.
   *
   * @param metrics what this node reports of its parts
   */
  Future<Void> start(Supplier<Future<List<NodeMetric>>> metrics) {
    var own = members.own();
    return Future.join(
            serve(hello(own.id()), this::greet),
            serve(
                report(own.id()),
                message -> receive(message, () -> metrics.get().map(read -> report(own, read)))))
        .mapEmpty();
  }

  private NodeReport report(Members.Known own, List<NodeMetric> metrics) {
    return new NodeReport(
        own.id(),
        own.name(),
        own.services(),
        own.member(),
        false,
        members.ownAddress(),
        version(),
        joined,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - joinedNanos),
        metrics);
  }

  /** The version of the software; null where it was not built as a jar. */
  static String version() {
    return NodeAddress.class.getPackage().getImplementationVersion();
  }

  private Future<Void> serve(Operation<Empty, ?> operation, Handler<Message<Buffer>> handler) {
    return bus.consume(operation.address(), handler).completion();
  }

  private void greet(Message<Buffer> message) {
    if (takesRequests.getAsBoolean()) {
      receive(message, () -> Future.succeededFuture(Empty.NOTHING));
    }
  }

  private <R> void receive(Message<Buffer> message, Supplier<Future<R>> work) {
    verifier
        .verify(message.headers().get(BusHeaders.AUTHORIZATION))
        .compose(
            caller -> {
              caller.requireService();
              return work.get();
            })
        .onSuccess(answer -> message.reply(WireJson.write(answer)))
        .onFailure(
            failure -> {
              var refusal = ServiceException.of(failure).failure();
              message.fail(refusal.status(), WireJson.writeText(refusal));
            });
  }
}
