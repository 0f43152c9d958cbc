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
import org.tradepost.common.identity.Caller;
import org.tradepost.common.identity.TokenVerifier;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.telemetry.metrics.NodeMetric;

/** Answers other nodes, and only nodes, at this node's own addresses on the bus. */
final class NodeAddress {

  /** Takes the place of the service name in these addresses. */
  static final String SERVICE = "node";

  private final ServiceBus bus;
  private final TokenVerifier verifier;
  private final Members members;
  private final BooleanSupplier takesRequests;
  private final Instant joined = Instant.now();
  private final long joinedNanos = System.nanoTime();

  /**
   * @param takesRequests whether other nodes should send requests to this one
   */
  NodeAddress(
      ServiceBus bus, TokenVerifier verifier, Members members, BooleanSupplier takesRequests) {
    this.bus = bus;
    this.verifier = verifier;
    this.members = members;
    this.takesRequests = takesRequests;
  }

  /** A node answers this while it takes requests. While it does not, requests go to others. */
  static Operation<Empty, Empty> ping(String nodeId) {
    return Operation.internal(SERVICE + "." + nodeId + ".ping", Empty.class, Empty.class);
  }

  /** A node answers this with a report about itself. */
  static Operation<Empty, NodeReport> report(String nodeId) {
    return Operation.internal(SERVICE + "." + nodeId + ".report", Empty.class, NodeReport.class);
  }

  /**
   * Starts to answer.
   *
   * @param metrics the metrics that this node reports
   */
  Future<Void> start(Supplier<Future<List<NodeMetric>>> metrics) {
    var own = members.own();
    return Future.join(
            serve(ping(own.id()), this::answerPing),
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

  /** The version of the software; null when it does not run from a jar. */
  static String version() {
    return NodeAddress.class.getPackage().getImplementationVersion();
  }

  private Future<Void> serve(Operation<Empty, ?> operation, Handler<Message<Buffer>> handler) {
    return bus.consume(operation.address(), handler).completion();
  }

  private void answerPing(Message<Buffer> message) {
    if (takesRequests.getAsBoolean()) {
      receive(message, () -> Future.succeededFuture(Empty.NOTHING));
    }
  }

  private <R> void receive(Message<Buffer> message, Supplier<Future<R>> work) {
    verifier
        .verify(message.headers().get(BusHeaders.AUTHORIZATION))
        .map(Caller::requireService)
        .compose(caller -> work.get())
        .onSuccess(answer -> message.reply(WireJson.write(answer)))
        .onFailure(
            failure -> {
              var rejection = ServiceException.of(failure).failure();
              message.fail(rejection.status(), WireJson.writeText(rejection));
            });
  }
}
