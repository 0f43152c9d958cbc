package org.tradepost.platform.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.ServiceBus;
import org.tradepost.platform.cluster.Members;
import org.tradepost.platform.cluster.NodeProof;
import org.tradepost.platform.cluster.Registrations;

/**
 * Exchanges a message with every other node once this one has joined, and logs those that cannot be
 * reached, with the setting that is likely wrong.
 *
 * <p>Hazelcast may connect nodes whose event buses cannot reach each other. A request travels on a
 * connection that this node opens, and its reply on one that the other node opens, so a reply
 * proves both directions. Nodes that join later check this one themselves.
 */
final class JoinCheck {

  private static final int MIN_ATTEMPTS = 2;

  /** A JVM that has just started may be so busy that it seems unresponsive. */
  private static final int MAX_ATTEMPTS = 10;

  private static final long ATTEMPT_TIMEOUT_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final String UNREACHABLE =
      "%s cannot connect to %s:%d, the address that %s publishes; see TRADEPOST_HOST,"
          + " TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of %s, and the firewall";
  private static final String REASON_UNKNOWN =
      "the other accepts the connection and does not reply; see TRADEPOST_HOST,"
          + " TRADEPOST_PUBLIC_HOST and TRADEPOST_EVENTBUS_PORT of both, the firewall,"
          + " and whether their certificates are of the same CA";
  private static final Logger log = LoggerFactory.getLogger(JoinCheck.class);

  private final Vertx vertx;
  private final ServiceBus bus;
  private final Members members;
  private final Registrations registrations;

  JoinCheck(Vertx vertx, ServiceBus bus, Members members, Registrations registrations) {
    this.vertx = vertx;
    this.bus = bus;
    this.members = members;
    this.registrations = registrations;
  }

  /** Checks every other node that has the same cluster secret, each by itself. */
  void start() {
    members.others().stream()
        .filter(other -> other.secret() == NodeProof.Secret.SAME)
        .forEach(other -> check(other, 1));
  }

  private void check(Members.Known other, int attempt) {
    bus.call(
            NodeAddress.ping(other.id()),
            Empty.NOTHING,
            RequestContext.background(ATTEMPT_TIMEOUT_MILLIS))
        .onSuccess(answer -> log.debug("{} and this node can reach each other", other.name()))
        .onFailure(failure -> diagnose(other, attempt));
  }

  /** A node that does not listen has left, or will check this node once it listens. */
  private void diagnose(Members.Known other, int attempt) {
    registrations
        .hasListeners(NodeAddress.ping(other.id()).address())
        .onSuccess(
            listens -> {
              if (listens) {
                (attempt < MIN_ATTEMPTS
                        ? Future.succeededFuture(Optional.<String>empty())
                        : reason(other).otherwise(Optional.empty()))
                    .onSuccess(reason -> decide(other, attempt, reason));
              }
            })
        .onFailure(unknown -> log.debug("{} cannot be checked", other.name(), unknown));
  }

  /** Logs a warning when the reason is known or after many attempts; otherwise tries again. */
  private void decide(Members.Known other, int attempt, Optional<String> reason) {
    if (!members.others().contains(other)) {
      return;
    }
    if (reason.isPresent() || attempt == MAX_ATTEMPTS) {
      log.warn(
          "{} and {} cannot reach each other on the event bus: {}",
          members.own().name(),
          other.name(),
          reason.orElse(REASON_UNKNOWN));
    } else {
      vertx.setTimer(PAUSE_MILLIS, due -> check(other, attempt + 1));
    }
  }

  /** Why the two cannot talk; empty when connections to both succeed. */
  private Future<Optional<String>> reason(Members.Known other) {
    var own = members.own();
    if (own.tls() != other.tls()) {
      return Future.succeededFuture(
          Optional.of(
              "%s uses TLS and %s does not; see TRADEPOST_TLS_CERTIFICATE, _KEY and _CA of both"
                  .formatted((own.tls() ? own : other).name(), (own.tls() ? other : own).name())));
    }
    return unreachable(other)
        .compose(
            reason ->
                reason.isPresent() ? Future.succeededFuture(reason) : unreachable(members.own()));
  }

  /** Why the address that a node publishes cannot be reached; also used for this node's own. */
  private Future<Optional<String>> unreachable(Members.Known node) {
    return members
        .eventBusAddress(node.id())
        .compose(
            address ->
                vertx
                    .createNetClient(
                        new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS))
                    .connect(address.port(), address.host())
                    .compose(NetSocket::close)
                    .map(reached -> Optional.<String>empty())
                    .otherwise(
                        failure ->
                            Optional.of(
                                String.format(
                                    Locale.ROOT,
                                    UNREACHABLE,
                                    members.own().name(),
                                    address.host(),
                                    address.port(),
                                    node.name(),
                                    node.name()))));
  }
}
